import type { AnyBlock, ModalView } from "@slack/types";
import { type Counted, isMetric, metricNameOf } from "../../../metrics/metrics.ts";
import type { SuggestedApp, Suggestion } from "../../../reports/suggested-watches.ts";
import { watchForm } from "../../../text/forms/watch.ts";
import {
  notOffered,
  suggestionTitle,
  suggestionWords,
  suggestForm as words,
} from "../../../text/suggestions.ts";
import { strong } from "../../../text/text.ts";
import { footer, section } from "../blocks/blocks.ts";
import { LONGEST_VALUE, option, plain } from "../blocks/elements.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { lengthOf } from "../blocks/names.ts";
import { type FormValues, fieldOf, input, ticksOf } from "./form.ts";

export const SUGGEST_MODAL = "suggest.modal";

/** The action of the button that shows this form in the place of another. */
export const SUGGEST_INSTEAD = "suggest.instead";

/** The most boxes of a group in Slack. */
const MOST_BOXES = 10;

/** An app with what is suggested for it. */
export interface SuggestedOfApp {
  readonly app: SuggestedApp;
  readonly suggestions: readonly Suggestion[];
}

/** The form that suggests watches, as far as they are read. */
export interface SuggestModal {
  readonly channel?: string;
  readonly apps: readonly SuggestedOfApp[];
  /** What is still read, how many series fit, which apps are left out. */
  readonly notes: readonly string[];
  readonly explain: (error: unknown) => string;
}

/** The boxes of each app are a field of their own, which keeps its ticks while others are added. */
export const suggestModal = ({ channel, apps, notes, explain }: SuggestModal): ModalView => ({
  type: "modal",
  callback_id: SUGGEST_MODAL,
  title: plain(words.title, 24),
  submit: plain(words.submit, 24),
  close: plain(watchForm.cancel, 24),
  blocks: [
    section(words.intro),
    input("channel", words.channel, {
      type: "conversations_select",
      action_id: "suggest.channel",
      placeholder: plain(words.choose, 150),
      filter: { include: ["public", "private"], exclude_bot_users: true },
      ...(channel && /^[CG]/.test(channel) && { initial_conversation: channel }),
    }),
    ...apps.flatMap((one) => appBlocks(one, explain)),
    ...(notes.length > 0 ? [footer(notes)] : []),
  ],
});

function appBlocks({ app, suggestions }: SuggestedOfApp, explain: SuggestModal["explain"]): AnyBlock[] {
  const options = suggestions
    .flatMap((one) =>
      one.kind === "backtested" && lengthOf(choiceOf(one.suggested.series)) <= LONGEST_VALUE
        ? option(suggestionTitle(one), choiceOf(one.suggested.series), suggestionWords(one))
        : [],
    )
    .slice(0, MOST_BOXES);
  const others = suggestions.map((one) => notOffered(one, explain)).filter((line) => line !== undefined);
  return [
    { type: "divider" },
    options.length > 0
      ? input(
          "suggest",
          app.name,
          { type: "checkboxes", action_id: "suggest.ticked", options },
          { optional: true, of: `${app.workspace}/${app.app ?? ""}` },
        )
      : section(`${mrkdwn([strong(app.name)])}\n${words.noneLeft}`),
    ...(others.length > 0 ? [footer(others.map((line) => mrkdwn(line)))] : []),
  ];
}

/** What of an app was ticked. */
export interface Ticked {
  readonly workspace: string;
  readonly app?: string;
  readonly counted: Counted;
}

/** Reads what was ticked, and the channel. */
export function readSuggestModal(values: FormValues): {
  readonly channel?: string;
  readonly ticked: readonly Ticked[];
} {
  const channel = values.channel?.["suggest.channel"]?.selected_conversation;
  const ticked = Object.entries(values)
    .filter(([block]) => fieldOf(block) === "suggest")
    .flatMap(([block, fields]) => {
      const [, workspace = "", app = ""] = block.split("/");
      return Object.values(fields)
        .flatMap(ticksOf)
        .flatMap((choice) => countedBy(choice) ?? [])
        .map((counted) => ({ workspace, ...(app && { app }), counted }));
    });
  return { ...(channel && { channel }), ticked };
}

/** What is counted, as an option carries it: `events:Order Completed`. */
const choiceOf = (counted: Counted): string =>
  [metricNameOf(counted), ...(counted.item === undefined ? [] : [counted.item])].join(":");

function countedBy(choice: string): Counted | undefined {
  const [, metric = "", item] = /^([^:]+)(?::(.+))?$/su.exec(choice) ?? [];
  if (!isMetric(metric)) return undefined;
  return { ...(metric !== "sessions" && { metric }), ...(item !== undefined && { item }) };
}
