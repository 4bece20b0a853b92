import { limits } from "./limits.ts";
import type { Block } from "./message.ts";
import { lineProblem, listProblems, neededList, textProblem, tooLong, unknownKey } from "./text-limits.ts";

type Problems = (string | undefined)[];

const plain = ["plain_text"];

function optionProblem(option: unknown, name: string): string | undefined {
  const { text, value, description, url, ...more } = (option ?? {}) as Block;
  return (
    textProblem(text, `${name}/text`, limits.option.text) ??
    (typeof value === "string" && value !== ""
      ? tooLong(value, `${name}/value`, limits.option.value)
      : `${name} has no value`) ??
    (description === undefined
      ? undefined
      : textProblem(description, `${name}/description`, limits.option.description)) ??
    lineProblem(url, `${name}/url`, limits.option.url) ??
    unknownKey(more, [])
  );
}

function optionsProblems(list: unknown, name: string, most: number): Problems {
  const values = Array.isArray(list) ? list.map((option) => (option as Block | null)?.value) : [];
  return [
    ...neededList(list, name, most, optionProblem),
    new Set(values).size < values.length ? `two ${name} have one value` : undefined,
  ];
}

function groupProblem(group: unknown, name: string): string | undefined {
  const { label, options, ...more } = (group ?? {}) as Block;
  return (
    textProblem(label, `${name}/label`, limits.option.text, plain) ??
    optionsProblems(options, `${name}/options`, limits.select).find((problem) => problem !== undefined) ??
    unknownKey(more, [])
  );
}

const placeholder = ({ placeholder: text }: Block): string | undefined =>
  text === undefined ? undefined : textProblem(text, "placeholder", limits.placeholder, plain);

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
  ...(element.option_groups === undefined
    ? optionsProblems(element.options, "options", limits.select)
    : listProblems(element.option_groups, "option_groups", limits.select, groupProblem)),
  element.options !== undefined && element.option_groups !== undefined
    ? "either options or option_groups"
    : undefined,
  ...initial(element),
];
const externalSelect = (element: Block): Problems =>
  [element.initial_option ?? [], element.initial_options ?? []]
    .flat()
    .map((option) => optionProblem(option, "initial_option"));
const boxes = (element: Block): Problems => [
  ...optionsProblems(element.options, "options", limits.boxes),
  ...initial(element),
];
const typed = ({ max_length: most = limits.typed, initial_value: value }: Block): Problems => [
  Number(most) >= 1 && Number(most) <= limits.typed ? undefined : "max_length must be 1 to 3,000",
  lineProblem(value, "initial_value", Number(most)),
];
const form = (element: Block, key: string, form: RegExp): string | undefined =>
  element[key] === undefined || form.test(String(element[key]))
    ? undefined
    : `${key} is not of the right form`;
const number = (element: Block): Problems => [
  typeof element.is_decimal_allowed === "boolean" ? undefined : "missing required field: is_decimal_allowed",
  ...["initial_value", "min_value", "max_value"].map((key) => form(element, key, /^-?\d+(\.\d+)?$/)),
];

interface Kind {
  /** What it may have beside `type`, `action_id` and `confirm`. */
  readonly keys: string;
  readonly check?: (element: Block) => Problems;
}

const choice = "placeholder focus_on_load";
const several = `${choice} max_selected_items`;
const input = "placeholder initial_value focus_on_load dispatch_action_config";
const options = "options option_groups";

/** Each kind of element, and what is wrong with one of it. */
const kinds: Readonly<Record<string, Kind>> = {
  button: {
    keys: "text value url style accessibility_label",
    check: ({ text, value, url, style, accessibility_label: label }) => [
      textProblem(text, "text", limits.button.text, plain),
      lineProblem(value, "value", limits.button.value),
      lineProblem(url, "url", limits.button.url),
      style === undefined || style === "primary" || style === "danger" ? undefined : "unknown style",
      lineProblem(label, "accessibility_label", limits.button.label),
    ],
  },
  static_select: { keys: `${choice} ${options} initial_option`, check: staticSelect },
  multi_static_select: { keys: `${several} ${options} initial_options`, check: staticSelect },
  external_select: { keys: `${choice} min_query_length initial_option`, check: externalSelect },
  multi_external_select: { keys: `${several} min_query_length initial_options`, check: externalSelect },
  users_select: { keys: `${choice} initial_user` },
  multi_users_select: { keys: `${several} initial_users` },
  channels_select: { keys: `${choice} initial_channel response_url_enabled` },
  multi_channels_select: { keys: `${several} initial_channels` },
  conversations_select: {
    keys: `${choice} initial_conversation default_to_current_conversation filter response_url_enabled`,
  },
  multi_conversations_select: {
    keys: `${several} initial_conversations default_to_current_conversation filter`,
  },
  overflow: {
    keys: "options",
    check: ({ options }) => optionsProblems(options, "options", limits.overflow),
  },
  checkboxes: { keys: "options initial_options focus_on_load", check: boxes },
  radio_buttons: { keys: "options initial_option focus_on_load", check: boxes },
  datepicker: {
    keys: `${choice} initial_date`,
    check: (element) => [form(element, "initial_date", /^\d{4}-\d\d-\d\d$/)],
  },
  timepicker: {
    keys: `${choice} initial_time timezone`,
    check: (element) => [form(element, "initial_time", /^([01]\d|2[0-3]):[0-5]\d$/)],
  },
  datetimepicker: {
    keys: "focus_on_load initial_date_time",
    check: (element) => [form(element, "initial_date_time", /^\d{10}$/)],
  },
  plain_text_input: { keys: `${input} multiline min_length max_length`, check: typed },
  email_text_input: { keys: input, check: typed },
  url_text_input: { keys: input, check: typed },
  number_input: { keys: `${input} is_decimal_allowed min_value max_value`, check: number },
  image: {
    keys: "alt_text image_url slack_file",
    check: ({ alt_text: alt, image_url: url, slack_file: file }) => [
      alt === undefined ? "no alt_text" : lineProblem(alt, "alt_text", limits.image.alt),
      (url === undefined) === (file === undefined) ? "needs either image_url or slack_file" : undefined,
    ],
  },
};

const buttons = ["button", "overflow", "datepicker", "timepicker", "checkboxes", "radio_buttons"];
const selects = ["static", "external", "users", "channels", "conversations"].map((kind) => `${kind}_select`);
const multiSelects = selects.map((kind) => `multi_${kind}`);

/** Which elements each place takes. */
const takes = {
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
  const kind = kinds[String(element.type)];
  if (!kind || !(takes[place] as readonly string[]).includes(String(element.type))) {
    return `${name}: unsupported type: ${String(element.type)}`;
  }
  const { action_id: id, confirm } = element;
  const problem =
    lineProblem(id, "action_id", limits.actionId) ??
    placeholder(element) ??
    kind.check?.(element).find((each) => each !== undefined) ??
    (confirm === undefined ? undefined : confirmProblem(confirm as Block)) ??
    unknownKey(element, ["type", "action_id", "confirm", ...kind.keys.split(" ")]);
  return problem && `${name}/${problem}`;
}

const confirmProblem = ({ title, text, confirm, deny, style: _, ...more }: Block): string | undefined =>
  textProblem(title, "confirm/title", limits.confirm.title, plain) ??
  textProblem(text, "confirm/text", limits.confirm.text) ??
  textProblem(confirm, "confirm/confirm", limits.confirm.button, plain) ??
  textProblem(deny, "confirm/deny", limits.confirm.button, plain) ??
  unknownKey(more, []);
