import type { Block } from "./message.ts";
import { listProblems, textProblem, tooLong } from "./text-limits.ts";

type Problems = (string | undefined)[];

const plain = ["plain_text"];
const SELECT = 100;

const optionProblem = (option: unknown, name: string): string | undefined => {
  const { text, value, description } = (option ?? {}) as Block;
  return (
    textProblem(text, `${name}/text`, 75) ??
    (typeof value === "string" && value !== ""
      ? tooLong(value, `${name}/value`, 150)
      : `${name} has no value`) ??
    (description === undefined ? undefined : textProblem(description, `${name}/description`, 75))
  );
};
const optionsProblems = (list: unknown, name: string, most: number): Problems =>
  list === undefined ? [`no ${name}`] : listProblems(list, name, most, optionProblem);

const groupProblem = (group: unknown, name: string): string | undefined => {
  const { label, options } = (group ?? {}) as Block;
  return (
    textProblem(label, `${name}/label`, 75, plain) ??
    optionsProblems(options, `${name}/options`, SELECT).find((problem) => problem !== undefined)
  );
};

const placeholder = ({ placeholder: text }: Block): string | undefined =>
  text === undefined ? undefined : textProblem(text, "placeholder", 150, plain);

/** An initial choice has to be among what is offered, letter by letter. */
function initial({
  options,
  option_groups: groups,
  initial_option: one,
  initial_options: some,
}: Block): Problems {
  const offered = [
    ...((options as unknown[] | undefined) ?? []),
    ...((groups as { options?: unknown[] }[] | undefined) ?? []).flatMap((group) => group?.options ?? []),
  ].map((option) => JSON.stringify(option));
  const chosen = [...(one === undefined ? [] : [one]), ...((some as unknown[] | undefined) ?? [])];
  return [
    Array.isArray(some) && some.length === 0 ? "initial_options must be more than 0 items" : undefined,
    chosen.every((option) => offered.includes(JSON.stringify(option)))
      ? undefined
      : "initial_option is not among the options",
  ];
}

const staticSelect = (element: Block): Problems => [
  placeholder(element),
  ...(element.option_groups === undefined
    ? optionsProblems(element.options, "options", SELECT)
    : listProblems(element.option_groups, "option_groups", SELECT, groupProblem)),
  element.options !== undefined && element.option_groups !== undefined
    ? "either options or option_groups"
    : undefined,
  ...initial(element),
];
const externalSelect = (element: Block): Problems => [
  placeholder(element),
  ...[element.initial_option ?? [], element.initial_options ?? []]
    .flat()
    .map((option) => optionProblem(option, "initial_option")),
];
const fewOptions = (element: Block): Problems => [
  ...optionsProblems(element.options, "options", 10),
  ...initial(element),
];
const textInput = (element: Block): Problems => [
  placeholder(element),
  Number(element.max_length ?? 1) >= 1 && Number(element.max_length ?? 1) <= 3_000
    ? undefined
    : "max_length must be 1 to 3,000",
  element.initial_value === undefined || typeof element.initial_value === "string"
    ? undefined
    : "initial_value is no text",
];
const matching =
  (key: string, form: RegExp) =>
  (element: Block): Problems => [
    placeholder(element),
    element[key] === undefined || form.test(String(element[key]))
      ? undefined
      : `${key} is not of the right form`,
  ];
const onlyPlaceholder = (element: Block): Problems => [placeholder(element)];

/** Each kind of element, and what is wrong with one of it. */
const checks: Record<string, (element: Block) => Problems> = {
  button: ({ text, value, url, style, accessibility_label: label }) => [
    textProblem(text, "text", 75, plain),
    value === undefined
      ? undefined
      : typeof value === "string"
        ? tooLong(value, "value", 2_000)
        : "value is no text",
    url === undefined ? undefined : tooLong(String(url), "url", 3_000),
    style === undefined || style === "primary" || style === "danger" ? undefined : "unknown style",
    label === undefined ? undefined : tooLong(String(label), "accessibility_label", 75),
  ],
  static_select: staticSelect,
  multi_static_select: staticSelect,
  external_select: externalSelect,
  multi_external_select: externalSelect,
  users_select: onlyPlaceholder,
  multi_users_select: onlyPlaceholder,
  channels_select: onlyPlaceholder,
  multi_channels_select: onlyPlaceholder,
  conversations_select: onlyPlaceholder,
  multi_conversations_select: onlyPlaceholder,
  overflow: ({ options }) => optionsProblems(options, "options", 5),
  checkboxes: fewOptions,
  radio_buttons: fewOptions,
  datepicker: matching("initial_date", /^\d{4}-\d\d-\d\d$/),
  timepicker: matching("initial_time", /^\d\d:\d\d$/),
  datetimepicker: matching("initial_date_time", /^\d{10}$/),
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: (element) => [
    ...textInput(element),
    typeof element.is_decimal_allowed === "boolean"
      ? undefined
      : "missing required field: is_decimal_allowed",
  ],
  image: ({ alt_text: alt, image_url: url, slack_file: file }) => [
    typeof alt === "string" && alt !== "" ? tooLong(alt, "alt_text", 2_000) : "no alt_text",
    (url === undefined) === (file === undefined) ? "needs either image_url or slack_file" : undefined,
  ],
};

const buttons = ["button", "overflow", "datepicker", "timepicker", "checkboxes", "radio_buttons"];
const selects = ["static", "external", "users", "channels", "conversations"].map((kind) => `${kind}_select`);
const multiSelects = selects.map((kind) => `multi_${kind}`);

/** Which elements each place takes. */
export const takes = {
  actions: [...buttons, ...selects, "datetimepicker"],
  accessory: [...buttons, ...selects, ...multiSelects, "image"],
  input: [
    ...selects,
    ...multiSelects,
    "datepicker",
    "timepicker",
    "datetimepicker",
    "checkboxes",
    "radio_buttons",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
  ],
} as const;

/** What Slack would refuse about an element in its place; nothing when all is well. */
export function elementProblem(value: unknown, name: string, place: keyof typeof takes): string | undefined {
  if (typeof value !== "object" || value === null) return `${name} is no object`;
  const element = value as Block;
  const check = checks[String(element.type)];
  if (!check || !(takes[place] as readonly string[]).includes(String(element.type))) {
    return `${name}: unsupported type: ${String(element.type)}`;
  }
  const { action_id: id, confirm } = element;
  const problem =
    (id === undefined
      ? undefined
      : typeof id === "string"
        ? tooLong(id, "action_id", 255)
        : "action_id is no text") ??
    check(element).find((each) => each !== undefined) ??
    (confirm === undefined ? undefined : confirmProblem(confirm as Block));
  return problem && `${name}/${problem}`;
}

const confirmProblem = ({ title, text, confirm, deny }: Block): string | undefined =>
  textProblem(title, "confirm/title", 100, plain) ??
  textProblem(text, "confirm/text", 300) ??
  textProblem(confirm, "confirm/confirm", 30, plain) ??
  textProblem(deny, "confirm/deny", 30, plain);
