import type { Message } from "../../../src/pipeline/ports/messages.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * Blocks as people read them, with what they cannot see and code relies on: kinds, ids, values and options. What is as
 * usual is not written (mrkdwn is verbatim, a plain text has emoji); a key that is not known here is written as it is.
 */
export const blockTranscript = (blocks: readonly Json[]): string => blocks.map(blockLines).join("\n");

/** A message: what a phone shows of it, and its blocks. */
export const messageTranscript = ({ text, blocks }: Message): string =>
  `notification: ${withDates(text)}\n${blockTranscript(blocks)}`;

/** A modal or a Home tab: its frame, and its blocks. */
export function viewTranscript({ type, title, submit, close, blocks, ...more }: Json): string {
  const frame = [type, title && `"${plain(title)}"`, submit && button(submit), close && button(close)];
  return `${frame.filter(Boolean).join(" ")}${others(more)}\n${blockTranscript(blocks as Json[])}`;
}

function blockLines(block: Json): string {
  const { type, block_id: id, text, fields, accessory, elements, label, element, hint, ...more } = block;
  const { alt_text: alt, slack_file: file, chart, title, ...rest } = more;
  const parts = [
    text && (type === "header" ? plain(text) : mrkdwn(text)),
    ...many(fields).map((field) => `- ${indented(mrkdwn(field))}`),
    label && plain(label),
    alt && `alt: ${alt}`,
    title && `title: ${title}`,
    ...(chart ? chartLines(chart as Json) : []),
    ...[...many(elements), accessory, element]
      .filter((one) => one !== undefined)
      .map((one) => (isText(one) ? mrkdwn(one) : elementLines(one as Json))),
    hint && `hint: ${plain(hint)}`,
  ].filter(Boolean);
  const head = `${type}${id ? ` #${id}` : ""}${file ? ` ${(file as Json).id}` : ""}${others(rest)}`;
  return [head, ...parts].map((part) => indented(String(part))).join("\n  ");
}

function elementLines(element: Json): string {
  const { type, action_id: id, text, placeholder, options, option_groups: groups, ...more } = element;
  const { initial_option: one, initial_options: some, ...rest } = more;
  const chosen = [...(one === undefined ? [] : [one]), ...many(some)];
  const mark = (option: unknown) =>
    chosen.some((each) => JSON.stringify(each) === JSON.stringify(option)) ? "(x)" : "( )";
  const offered = [...many(options), ...many(groups).flatMap((group) => many((group as Json).options))];
  const words = text ?? placeholder;
  return [
    `${type}${words ? ` ${button(words)}` : ""} ${id}${others(rest)}`,
    ...many(options).map((option) => `${mark(option)} ${optionLine(option as Json)}`),
    ...many(groups).flatMap((group) => [
      plain((group as Json).label),
      ...many((group as Json).options).map((option) => `  ${mark(option)} ${optionLine(option as Json)}`),
    ]),
    ...chosen
      .filter((option) => !offered.includes(option) && !isAmong(option, offered))
      .map((option) => `chosen: ${optionLine(option as Json)}`),
  ].join("\n  ");
}

const isAmong = (option: unknown, offered: readonly unknown[]): boolean =>
  offered.some((each) => JSON.stringify(each) === JSON.stringify(option));

const optionLine = ({ text, value, description, ...more }: Json): string =>
  `${plain(text)}${description ? ` (${plain(description)})` : ""} = ${value}${others(more)}`;

function chartLines({ type, series, axis_config: axis, ...more }: Json): string[] {
  const { categories, ...labels } = (axis ?? {}) as Json;
  return [
    `${type}${others({ ...labels, ...more })}`,
    `by: ${many(categories).join(" | ")}`,
    ...many(series).map((one) => seriesLine(one as Json, many(categories))),
  ];
}

/** The values alone, where each stands at its category. */
function seriesLine({ name, data, ...more }: Json, categories: readonly unknown[]): string {
  const points = many(data) as Json[];
  const isUsual = points.every(
    ({ label, value, ...rest }, i) => label === categories[i] && Object.keys(rest).length === 0,
  );
  return `${name}: ${isUsual ? points.map(({ value }) => value).join(" ") : JSON.stringify(data)}${others(more)}`;
}

const many = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const isText = (value: unknown): boolean => ["mrkdwn", "plain_text"].includes(String((value as Json).type));

const mrkdwn = (text: unknown): string => words(text as Json, { type: "mrkdwn", verbatim: true });

const plain = (text: unknown): string => words(text as Json, { type: "plain_text", emoji: true });

const button = (text: unknown): string => `[${plain(text)}]`;

function words({ text, ...form }: Json, usual: Json): string {
  const isUsual = JSON.stringify(form) === JSON.stringify(usual);
  return `${isUsual ? "" : `${JSON.stringify(form)} `}${withDates(String(text))}`;
}

/** Keys without a place of their own, so that none is lost. */
function others(more: Json): string {
  const all = Object.entries(more).map(([key, value]) =>
    value === true ? key : `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return all.length > 0 ? ` {${all.join(", ")}}` : "";
}

const indented = (text: string): string => text.replaceAll("\n", "\n  ");

const utc = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "short",
  day: "2-digit",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** Dates that Slack writes by each reader's clock stand as ‹UTC›; those with another format or another instant as they are. */
const withDates = (text: string): string =>
  text.replace(/<!date\^(\d+)\^\{date_short_pretty\} at \{time\}\|([^>]*)>/g, (token, seconds, fallback) =>
    fallback === `${utc.format(Number(seconds) * 1_000).replaceAll(",", "")} UTC` ? `‹${fallback}›` : token,
  );
