import { readFileSync } from "node:fs";

/** Slack's limits, as `test/contracts-data` holds them. */
export const limits = JSON.parse(readFileSync("test/contracts-data/blockkit/limits.json", "utf8"));

export type Json = Readonly<Record<string, unknown>>;

/** The longest text of a mrkdwn or plain_text object is said by what holds it. */
export function text(value: unknown, most: number, types = ["plain_text", "mrkdwn"]): string[] {
  if (typeof value !== "object" || value === null) return ["text is no object"];
  const { type, text: words, ...more } = value as Json;
  if (!types.includes(String(type))) return [`text is ${String(type)}`];
  if (typeof words !== "string") return ["text holds no text"];
  const length = Array.from(words).length;
  return [
    ...(length < limits.text.min_length || length > most ? [`${length} characters, at most ${most}`] : []),
    ...Object.keys(more)
      .filter((key) => !["emoji", "verbatim"].includes(key))
      .map((key) => `unknown key ${key} in text`),
  ];
}

export const plainText = (value: unknown, most: number): string[] => text(value, most, ["plain_text"]);

export const keys = (value: Json, known: readonly string[]): string[] =>
  Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `unknown key ${key}`);

export const list = (value: unknown, most: number, least = 1): string[] =>
  Array.isArray(value) && value.length >= least && value.length <= most
    ? []
    : [`not ${least} to ${most} items`];

export const many = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const line = (value: unknown, most: number, name: string): string[] =>
  value === undefined || (typeof value === "string" && value.length > 0 && Array.from(value).length <= most)
    ? []
    : [`${name} is no text of at most ${most} characters`];

const INTERACTIVE = ["type", "action_id", "focus_on_load", "confirm"];

/** Each kind of element, with the keys it may have and what is wrong with one of it. */
const elements: Record<string, (element: Json) => string[]> = {
  button: (element) => [
    ...keys(element, [...INTERACTIVE, "text", "value", "url", "style", "accessibility_label"]),
    ...plainText(element.text, limits.button.text.max_length),
    ...line(element.value, limits.button.value.max_length, "value"),
    ...line(element.url, limits.button.url.max_length, "url"),
    ...(["primary", "danger", undefined].includes(element.style as string | undefined)
      ? []
      : ["unknown style"]),
  ],
  static_select: (element) => [
    ...keys(element, [...INTERACTIVE, "placeholder", "options", "option_groups", "initial_option"]),
    ...placeholder(element),
    ...options(element.options, limits.select.options.max_items),
    ...initial(element.initial_option, element.options),
  ],
  external_select: (element) => [
    ...keys(element, [...INTERACTIVE, "placeholder", "min_query_length", "initial_option"]),
    ...placeholder(element),
    ...(element.initial_option === undefined ? [] : option(element.initial_option)),
  ],
  conversations_select: (element) => [
    ...keys(element, [
      ...INTERACTIVE,
      "placeholder",
      "initial_conversation",
      "default_to_current_conversation",
      "filter",
      "response_url_enabled",
    ]),
    ...placeholder(element),
  ],
  users_select: (element) => [
    ...keys(element, [...INTERACTIVE, "placeholder", "initial_user"]),
    ...placeholder(element),
  ],
  overflow: (element) => [
    ...keys(element, [...INTERACTIVE, "options"]),
    ...options(element.options, limits.overflow.options.max_items),
  ],
  radio_buttons: (element) => [
    ...keys(element, [...INTERACTIVE, "options", "initial_option"]),
    ...options(element.options, limits.radio_buttons.options.max_items),
    ...initial(element.initial_option, element.options),
  ],
  checkboxes: (element) => [
    ...keys(element, [...INTERACTIVE, "options", "initial_options"]),
    ...options(element.options, limits.checkboxes.options.max_items),
    ...many(element.initial_options).flatMap((one) => initial(one, element.options)),
    ...(element.initial_options === undefined ? [] : list(element.initial_options, 10)),
  ],
  plain_text_input: (element) => [
    ...keys(element, [
      ...INTERACTIVE,
      "placeholder",
      "initial_value",
      "multiline",
      "min_length",
      "max_length",
      "dispatch_action_config",
    ]),
    ...placeholder(element),
    ...line(element.initial_value, 3_000, "initial_value"),
    ...(Number(element.max_length ?? 1) <= limits.plain_text_input.max_length.max
      ? []
      : ["max_length too large"]),
    ...(Array.from(String(element.initial_value ?? "")).length <= Number(element.max_length ?? 3_000)
      ? []
      : ["initial_value is longer than max_length"]),
  ],
  number_input: (element) => [
    ...keys(element, [
      ...INTERACTIVE,
      "placeholder",
      "is_decimal_allowed",
      "initial_value",
      "min_value",
      "max_value",
      "dispatch_action_config",
    ]),
    ...placeholder(element),
    ...["initial_value", "min_value", "max_value"].flatMap((name) =>
      element[name] === undefined || /^-?\d+(\.\d+)?$/.test(String(element[name]))
        ? []
        : [`${name} is no number`],
    ),
  ],
  url_text_input: (element) => [
    ...keys(element, [...INTERACTIVE, "placeholder", "initial_value", "dispatch_action_config"]),
    ...placeholder(element),
    ...line(element.initial_value, 3_000, "initial_value"),
  ],
  timepicker: (element) => [
    ...keys(element, [...INTERACTIVE, "placeholder", "initial_time", "timezone"]),
    ...(element.initial_time === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(String(element.initial_time))
      ? []
      : ["initial_time is no time"]),
  ],
  datepicker: (element) => [
    ...keys(element, [...INTERACTIVE, "placeholder", "initial_date"]),
    ...(element.initial_date === undefined || /^\d{4}-\d\d-\d\d$/.test(String(element.initial_date))
      ? []
      : ["initial_date is no date"]),
  ],
  datetimepicker: (element) => [
    ...keys(element, [...INTERACTIVE, "initial_date_time"]),
    ...(element.initial_date_time === undefined || /^\d{10}$/.test(String(element.initial_date_time))
      ? []
      : ["initial_date_time is no Unix time"]),
  ],
};

/** What Slack would refuse about an interactive element. */
export function elementProblems(value: unknown): string[] {
  const element = (value ?? {}) as Json;
  const check = elements[String(element.type)];
  if (!check) return [`unknown element ${String(element.type)}`];
  return [...line(element.action_id ?? "", limits.action_id.max_length, "action_id"), ...check(element)].map(
    (problem) => `${String(element.type)}: ${problem}`,
  );
}

const placeholder = ({ placeholder }: Json): string[] =>
  placeholder === undefined ? [] : plainText(placeholder, limits.select.placeholder.max_length);

function options(value: unknown, most: number): string[] {
  const values = many(value).map((one) => (one as Json).value);
  return [
    ...list(value, most),
    ...many(value).flatMap(option),
    ...(new Set(values).size < values.length ? ["two options have one value"] : []),
  ];
}

function option(value: unknown): string[] {
  const { text: words, value: back, description, ...more } = value as Json;
  return [
    ...text(words, limits.option.text.max_length),
    ...line(back ?? "", limits.option.value.max_length, "option's value"),
    ...(description === undefined ? [] : text(description, limits.option.description.max_length)),
    ...keys(more, []),
  ];
}

// Slack compares the whole option, not only its value.
const initial = (value: unknown, among: unknown): string[] =>
  value === undefined || many(among).some((one) => JSON.stringify(one) === JSON.stringify(value))
    ? []
    : ["the initial option is none of the options"];
