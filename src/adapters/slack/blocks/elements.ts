import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  PlainTextElement,
  PlainTextOption,
  StaticSelect,
} from "@slack/types";
import { lengthOf } from "./names.ts";

// Characters that end a line or change the reading direction of the following text.
const UNSEEN = /[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Plain text of at most `max` characters. Text that Slack would refuse as empty becomes a dash. */
export function plain(text: string, max: number): PlainTextElement {
  const clean = text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim() || "–";
  const letters = Array.from(clean);
  const short =
    letters.length <= max
      ? clean
      : `${letters
          .slice(0, max - 1)
          .join("")
          .trimEnd()}…`;
  return { type: "plain_text", text: short, emoji: true };
}

/** A button. Slack returns `value` when it is pressed. */
export const button = (action: string, text: string, value: string, more: Partial<Button> = {}): Button => ({
  type: "button",
  action_id: action,
  text: plain(text, 75),
  value,
  ...more,
});

/** The longest value of an option. */
export const LONGEST_VALUE = 150;

/** An option of a list. Slack accepts 75 characters of text and 150 of value. */
export function option(text: string, value: string, description?: string): PlainTextOption {
  if (lengthOf(value) > LONGEST_VALUE)
    throw new RangeError(`${value} is too long to come back from a choice`);
  return { text: plain(text, 75), value, ...(description && { description: plain(description, 75) }) };
}

/** A select menu. A value that is not among the options is not preselected. */
export function select(
  action: string,
  placeholder: string,
  options: readonly PlainTextOption[],
  chosen?: string,
): StaticSelect {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: "static_select",
    action_id: action,
    placeholder: plain(placeholder, 150),
    options: [...options],
    ...(initial && { initial_option: initial }),
  };
}

/** A select menu whose options stand in groups, each below its label. */
export function groupedSelect(
  action: string,
  placeholder: string,
  groups: readonly (readonly [label: string, options: readonly PlainTextOption[]])[],
  chosen?: string,
): StaticSelect {
  const { options, ...menu } = select(
    action,
    placeholder,
    groups.flatMap(([, of]) => of),
    chosen,
  );
  return {
    ...menu,
    option_groups: groups.map(([label, of]) => ({ label: plain(label, 75), options: [...of] })),
  };
}

export const actions = (elements: readonly ActionsBlockElement[]): ActionsBlock => ({
  type: "actions",
  elements: [...elements],
});
