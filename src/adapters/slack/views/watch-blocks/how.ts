import type { AnyBlock } from "@slack/types";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { option, plain, select } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { number, watchAction } from "./fields.ts";

/** Where it alerts, and how readily. */
export function howBlocks({ channel, sensitivity, falseAlarms }: WatchForm): AnyBlock[] {
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
  ];
}

const isOffered = (channel: string): boolean => /^[CG]/.test(channel);

const SENSITIVITIES = Object.entries(words.sensitivity.options).map(([value, [name, about]]) =>
  option(name, value, about),
);
