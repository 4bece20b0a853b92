import type { AnyBlock } from "@slack/types";
import { option, plain, select } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { number, watchAction } from "./fields.ts";

/** What alerts, and where: channel, direction, sensitivity, floors. */
export function howBlocks({
  channel,
  direction,
  sensitivity,
  falseAlarms,
  minChange,
  minSessions,
}: WatchForm): AnyBlock[] {
  return [
    input("channel", "Alert channel", {
      type: "conversations_select",
      action_id: watchAction("channel"),
      placeholder: plain("Choose a channel…", 150),
      filter: { include: ["public", "private"], exclude_bot_users: true },
      // A channel that the filter excludes cannot be preselected, and in a direct message "current" would be one.
      ...(channel && isOffered(channel) && { initial_conversation: channel }),
    }),
    input("direction", "Alert on", select(watchAction("direction"), "Choose…", DIRECTIONS, direction), {
      dispatch: true,
    }),
    input(
      "sensitivity",
      "Sensitivity",
      select(watchAction("sensitivity"), "Choose…", SENSITIVITIES, sensitivity),
      { dispatch: true },
    ),
    ...(sensitivity === "custom"
      ? [
          input(
            "falseAlarms",
            "False alarms per month you accept",
            number("falseAlarms", falseAlarms, "0", "100"),
            {
              hint: "Tidewatch chooses the threshold from the history of the series; press Enter to see the preview",
              dispatch: true,
            },
          ),
        ]
      : []),
    input("minChange", "Minimum change in %", number("minChange", minChange, "0", "100"), {
      hint: "Smaller changes never alert; press Enter to see the preview",
      optional: true,
      dispatch: true,
    }),
    input("minSessions", "Minimum change in sessions", number("minSessions", minSessions, "0"), {
      hint: "Changes of fewer sessions never alert; press Enter to see the preview",
      optional: true,
      dispatch: true,
    }),
  ];
}

const isOffered = (channel: string): boolean => /^[CG]/.test(channel);

const DIRECTIONS = [
  option("Drops and spikes", "both"),
  option("Drops only", "drop"),
  option("Spikes only", "spike"),
];

const SENSITIVITIES = [
  option("Low", "low", "About one false alarm in three months"),
  option("Normal", "normal", "About one false alarm a month"),
  option("High", "high", "About three false alarms a month"),
  option("Custom…", "custom", "Choose how many false alarms per month you accept"),
];
