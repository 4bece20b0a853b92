import type { AnyBlock } from "@slack/types";
import { watchForm as words } from "../../../../text/forms/watch.ts";
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
  minCount,
  criticalFrom,
}: WatchForm): AnyBlock[] {
  return [
    input("channel", words.channel.label, {
      type: "conversations_select",
      action_id: watchAction("channel"),
      placeholder: plain(words.channel.placeholder, 150),
      filter: { include: ["public", "private"], exclude_bot_users: true },
      // A channel that the filter excludes cannot be preselected, and in a direct message "current" would be one.
      ...(channel && isOffered(channel) && { initial_conversation: channel }),
    }),
    input(
      "direction",
      words.direction.label,
      select(watchAction("direction"), words.choose, DIRECTIONS, direction),
      {
        dispatch: true,
      },
    ),
    input(
      "sensitivity",
      words.sensitivity.label,
      select(watchAction("sensitivity"), words.choose, SENSITIVITIES, sensitivity),
      { dispatch: true },
    ),
    ...(sensitivity === "custom"
      ? [
          input("falseAlarms", words.falseAlarms.label, number("falseAlarms", falseAlarms, "0", "100"), {
            hint: words.falseAlarms.hint,
            dispatch: true,
          }),
        ]
      : []),
    input("minChange", words.minChange.label, number("minChange", minChange, "0", "100"), {
      hint: words.minChange.hint,
      optional: true,
      dispatch: true,
    }),
    input("minCount", words.minCount.label, number("minCount", minCount, "0"), {
      hint: words.minCount.hint,
      optional: true,
      dispatch: true,
    }),
    input("criticalFrom", words.criticalFrom.label, number("criticalFrom", criticalFrom, "0"), {
      hint: words.criticalFrom.hint,
      optional: true,
      dispatch: true,
    }),
  ];
}

const isOffered = (channel: string): boolean => /^[CG]/.test(channel);

const DIRECTIONS = Object.entries(words.direction.options).map(([value, name]) => option(name, value));

const SENSITIVITIES = Object.entries(words.sensitivity.options).map(([value, [name, about]]) =>
  option(name, value, about),
);
