import { z } from "zod";
import { PermanentError, TransientError } from "../../../errors.ts";
import type { BrazeMetric } from "../../../metrics/metric.ts";
import { redact } from "../../../redact.ts";
import { HIGHEST_COUNT, HIGHEST_VALUE } from "../../../series/series.ts";
import { refuseOtherChannels, summedRow } from "./figures.ts";

/** What a value can be, by kind. Braze writes an unknown one as null. */
const values: Readonly<Record<BrazeMetric["kind"], z.ZodType<number | null>>> = {
  count: z.int().nonnegative().max(HIGHEST_COUNT).nullable(),
  // Refunds are negative.
  money: z.number().min(-HIGHEST_VALUE).max(HIGHEST_VALUE).nullable(),
  level: z.number().nonnegative().max(HIGHEST_VALUE).nullable(),
};

/** One bucket as Braze writes it. */
export interface Row {
  /** Empty if it cannot be read. */
  readonly time: string;
  /** Undefined if it is absent or no such number: unknown, not zero. */
  readonly value: number | undefined;
}

/**
 * The rows of a 2xx answer, each with its time and the metric's value. Anything but "success" with an array of rows
 * is an error, never zero. An unreadable row leaves only its own bucket unknown.
 */
export function rowsOf(body: string, metric: RowShape): Row[] {
  const places = ["data", ...(metric.rows ? [metric.rows] : [])];
  const items = itemsOf(body, places, schemaOf(metric));
  refuseOtherChannels(
    items.flatMap((item) => (item.isRead ? [item.read] : [])),
    metric,
  );
  return items.map((item) => {
    if (item.isRead) return { time: item.read.time, value: item.read.value };
    const time = isObject(item.raw) ? item.raw.time : undefined;
    return { time: typeof time === "string" ? time : "", value: undefined };
  });
}

/** What a row looks like. */
type RowShape = Pick<BrazeMetric, "field" | "kind" | "within" | "rows" | "noun" | "item">;

/** A row as it was read, and the channels of messages that it holds beside the one that is asked for. */
interface ReadRow extends Row {
  readonly others: readonly string[];
}

/** A row with the time and one value. */
const plainRow = ({ field, kind }: Pick<RowShape, "field" | "kind">) =>
  z.object({ time: z.string(), [field]: values[kind] }).transform(({ time, [field]: value }) => ({
    time: String(time),
    value: typeof value === "number" ? value : undefined,
    others: [],
  }));

const schemas = new WeakMap<RowShape, z.ZodType<ReadRow>>();

/** What a metric's rows are read by, made once: that costs more than reading an answer. */
function schemaOf(metric: RowShape): z.ZodType<ReadRow> {
  const { field, within } = metric;
  const schema = schemas.get(metric) ?? (within ? summedRow({ within, field }) : plainRow(metric));
  schemas.set(metric, schema);
  return schema;
}

/** The list of a 2xx answer under a name, without unreadable items. Throws as `rowsOf` does. */
export const listOf = <Item>(body: string, name: string, item: z.ZodType<Item>): Item[] =>
  itemsOf(body, [name], item).flatMap((one) => (one.isRead ? [one.read] : []));

/** A 2xx answer that is no list. Throws as `rowsOf` does. */
export function objectOf<Answer>(body: string, schema: z.ZodType<Answer>): Answer {
  const answer = jsonOf(body);
  if (!isObject(answer) || answer.message !== "success")
    throw new TransientError(`Braze answered without success: ${excerpt(body)}`, noSuccess);
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new PermanentError(
    `Braze answered with what cannot be read (${issue?.path.join(".")}: ${issue?.message})`,
    badAnswer,
  );
}

const badAnswer = {
  failure: "braze-bad-answer",
  advice: "Report this line to the maintainers of Tidewatch.",
} as const;

type Item<Read> =
  | { readonly isRead: true; readonly read: Read }
  | { readonly isRead: false; readonly raw: unknown };

/** Throws TransientError when an answer is no success, and PermanentError when no item has the right shape. */
function itemsOf<Read>(body: string, places: readonly string[], item: z.ZodType<Read>): Item<Read>[] {
  const answer = jsonOf(body);
  const isSuccess = isObject(answer) && answer.message === "success";
  const list = isSuccess && listAt(answer, places);
  if (!Array.isArray(list))
    throw new TransientError(`Braze answered without success: ${excerpt(body)}`, noSuccess);
  const parsed = list.map((raw) => item.safeParse(raw));
  if (list.length === 0 || parsed.some(({ success }) => success))
    return parsed.map((one, i) =>
      one.success ? { isRead: true, read: one.data } : { isRead: false, raw: list[i] },
    );
  const issue = parsed[0]?.error?.issues[0];
  throw new PermanentError(
    `Braze answered with rows that cannot be read (${[...places, 0, ...(issue?.path ?? [])].join(".")}: ${issue?.message})`,
    badAnswer,
  );
}

/** What an answer holds at a place. A success with null in place of rows has none: everything asked for stays unknown. */
function listAt(answer: unknown, [place, ...rest]: readonly string[]): unknown {
  if (answer === null || (Array.isArray(answer) && answer.length === 0)) return [];
  if (place === undefined) return answer;
  return isObject(answer) ? listAt(answer[place], rest) : undefined;
}

/** The message of an answer in one short line fit for logs: no key, no HTML. */
export function excerpt(body: string): string {
  if (/^\s*</.test(body)) return "a page of HTML";
  if (NO_TEXT.test(body)) return "bytes that are not text";
  const parsed = tryJson(body);
  const text = isObject(parsed)
    ? [parsed.message, parsed.errors].flat().filter(Boolean).map(worded).join("; ")
    : body;
  // Redacted before it is cut: half a key is still a secret.
  return (
    redact(text || body)
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 200) || "an empty body"
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const NO_TEXT = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

const noSuccess = {
  failure: "braze-bad-answer",
  advice: "Nothing to do if it passes: Tidewatch asks again. If it stays, look at Braze's status page.",
} as const;

function jsonOf(body: string): unknown {
  const parsed = tryJson(body);
  if (parsed !== undefined) return parsed;
  throw new TransientError(`Braze answered with what is not whole JSON: ${excerpt(body)}`, {
    failure: "braze-bad-answer",
    advice:
      "Nothing to do if it passes: Tidewatch asks again. If it stays, check that the address is a REST endpoint of Braze and that no proxy answers in its place.",
  });
}

function tryJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

// `errors` holds strings or objects.
const worded = (part: unknown): string => (typeof part === "string" ? part : JSON.stringify(part));
