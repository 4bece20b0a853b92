import type { Block } from "../message.ts";

/** What a person typed or chose: a text, an option's value, an id, a date; several where several may be chosen. */
export type Choice = string | readonly string[];

/** An element's value as Slack's payloads tell it. */
export type Pick = Readonly<Record<string, unknown>>;

export interface Option {
  readonly text: { readonly type: string; readonly text: string };
  readonly value: string;
  readonly description?: unknown;
}

/** The key under which payloads tell the value of each kind of element, and the key it has at first. */
const kinds: Record<string, { readonly key: string; readonly first: string; readonly holds: Holds }> = {
  plain_text_input: { key: "value", first: "initial_value", holds: "text" },
  email_text_input: { key: "value", first: "initial_value", holds: "text" },
  url_text_input: { key: "value", first: "initial_value", holds: "text" },
  number_input: { key: "value", first: "initial_value", holds: "text" },
  datepicker: { key: "selected_date", first: "initial_date", holds: "text" },
  timepicker: { key: "selected_time", first: "initial_time", holds: "text" },
  datetimepicker: { key: "selected_date_time", first: "initial_date_time", holds: "number" },
  static_select: { key: "selected_option", first: "initial_option", holds: "option" },
  external_select: { key: "selected_option", first: "initial_option", holds: "option" },
  radio_buttons: { key: "selected_option", first: "initial_option", holds: "option" },
  overflow: { key: "selected_option", first: "initial_option", holds: "option" },
  multi_static_select: { key: "selected_options", first: "initial_options", holds: "options" },
  multi_external_select: { key: "selected_options", first: "initial_options", holds: "options" },
  checkboxes: { key: "selected_options", first: "initial_options", holds: "options" },
  users_select: { key: "selected_user", first: "initial_user", holds: "text" },
  multi_users_select: { key: "selected_users", first: "initial_users", holds: "texts" },
  channels_select: { key: "selected_channel", first: "initial_channel", holds: "text" },
  multi_channels_select: { key: "selected_channels", first: "initial_channels", holds: "texts" },
  conversations_select: { key: "selected_conversation", first: "initial_conversation", holds: "text" },
  multi_conversations_select: {
    key: "selected_conversations",
    first: "initial_conversations",
    holds: "texts",
  },
};
type Holds = "text" | "texts" | "number" | "option" | "options";

/** Whether an element keeps a value; a button does not. */
export const keepsValue = ({ type }: Block): boolean =>
  kinds[String(type)] !== undefined && type !== "overflow";

/** The value of an element that nobody has touched. */
export function untouched(element: Block): Pick {
  const { key, first } = kinds[String(element.type)]!;
  return element[first] == null ? emptyOf(element) : { type: element.type, [key]: element[first] };
}

/** The value of an element in which nothing stands. */
export function emptyOf({ type }: Block): Pick {
  const { key, holds } = kinds[String(type)]!;
  return { type, [key]: holds === "texts" || holds === "options" ? [] : null };
}

/** The value of an element in which a person chose; what it does not offer cannot be chosen. */
export function picked(element: Block, choice: Choice, offered: readonly Option[] = []): Pick {
  const { type } = element;
  const kind = kinds[String(type)];
  if (!kind) return { type };
  const options = [...optionsOf(element), ...offered];
  return { type, [kind.key]: chosen(kind.holds, choice, options, String(element.action_id)) };
}

function chosen(holds: Holds, choice: Choice, options: readonly Option[], name: string): unknown {
  const several = typeof choice === "string" ? (choice === "" ? [] : [choice]) : choice;
  const option = (value: string) => {
    const found = options.find((each) => each.value === value);
    if (!found) throw new Error(`${name} does not offer ${JSON.stringify(value)}`);
    return found;
  };
  switch (holds) {
    case "texts":
      return several;
    case "options":
      return several.map(option);
    case "option":
      return several.length === 0 ? null : option(several[0]!);
    case "number":
      return several.length === 0 ? null : Number(several[0]);
    case "text":
      return several[0] ?? null;
  }
}

/** What an element offers by itself, and what it has chosen at first. */
export function optionsOf(element: Block): Option[] {
  const { options, option_groups: groups, initial_option: one, initial_options: some } = element;
  return [
    ...((options as Option[] | undefined) ?? []),
    ...((groups as { options: Option[] }[] | undefined) ?? []).flatMap((group) => group.options),
    ...(one ? [one as Option] : []),
    ...((some as Option[] | undefined) ?? []),
  ];
}

/** Whether nothing is chosen. */
export const isEmpty = (pick: Pick): boolean =>
  Object.entries(pick).every(
    ([key, value]) =>
      key === "type" || value === null || value === "" || (Array.isArray(value) && value.length === 0),
  );
