import { type Bucket, bucketName, stepOf, type Unit } from "../../core/time.ts";
import { isDate } from "../instant.ts";

/** A row that cannot be used, and why. */
export interface BadRow {
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly reason: string;
}

/** What a CSV file says. */
export interface CsvSeries {
  readonly first: Bucket;
  /** By bucket from `first` on; undefined where the file has no usable row. */
  readonly sessions: readonly (number | undefined)[];
  readonly bad: readonly BadRow[];
}

/** What Excel writes at the beginning of a file. */
const BYTE_ORDER_MARK = /^\ufeff/;

/** Longer spans than this are taken for a mistyped year. */
const MOST_BUCKETS = 200_000;

/**
 * Reads `time,sessions` rows: ISO 8601 times (without a zone: UTC) at the beginning of an hour or day, whole counts.
 * Every row that cannot be used is in `bad`. A string says what is wrong with all of it.
 */
export function readCsv(text: string, unit: Unit): CsvSeries | string {
  const lines = text.replace(BYTE_ORDER_MARK, "").split(/\r?\n/);
  const counts = new Map<Bucket, number>();
  const bad: BadRow[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "" || (i === 0 && /^"?time"?\s*,/i.test(line))) continue;
    const row = readRow(line, unit);
    if (typeof row === "string") bad.push({ line: i + 1, reason: row });
    else if (counts.has(row.bucket))
      bad.push({ line: i + 1, reason: `${row.time} was there before; the first stays` });
    else counts.set(row.bucket, row.sessions);
  }
  if (counts.size === 0) {
    const [worst] = bad;
    const why = worst ? ` (line ${worst.line} ${worst.reason})` : "";
    return `has no usable rows${why}: it should have a header time,sessions and rows such as 2026-06-16T12:00:00Z,610`;
  }
  const buckets = [...counts.keys()].sort((a, b) => a - b);
  const [first, last] = [buckets[0]!, buckets.at(-1)!];
  const length = (last - first) / stepOf(unit) + 1;
  if (length > MOST_BUCKETS)
    return `goes from ${bucketName(first, "day")} to ${bucketName(last, "day")}, longer than can be judged: is a year mistyped?`;
  return { first, sessions: Array.from({ length }, (_, i) => counts.get(first + i * stepOf(unit))), bad };
}

function readRow(line: string, unit: Unit): string | { bucket: Bucket; time: string; sessions: number } {
  const cells = line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  if (cells.length !== 2) return `has ${cells.length} columns instead of time,sessions`;
  const [time, count] = cells as [string, string];
  const bucket = instantOf(time);
  if (Number.isNaN(bucket)) return `"${time}" is no time such as 2026-06-16T12:00:00Z`;
  if (bucket % stepOf(unit) !== 0)
    return `${time} is not the beginning of ${unit === "hour" ? "an hour" : "a day"} in UTC`;
  if (!/^\d{1,9}(\.0+)?$/.test(count)) return `"${count}" is no count of sessions`;
  return { bucket, time, sessions: Number(count) };
}

function instantOf(time: string): number {
  if (!isDate(time.slice(0, 10))) return Number.NaN;
  if (/^\d{4}-\d\d-\d\d$/.test(time)) return Date.parse(`${time}T00:00:00Z`);
  const isNaive = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(time);
  const hasZone = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(time);
  return isNaive
    ? Date.parse(`${time.replace(" ", "T")}Z`)
    : hasZone
      ? Date.parse(time.replace(" ", "T"))
      : Number.NaN;
}
