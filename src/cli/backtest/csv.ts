import { dateOf, instantsOf } from "../../adapters/braze/answers/time-text.ts";
import { type Bucket, bucketName, HOUR, hourOf, type Instant, stepOf, type Unit } from "../../time/time.ts";
import { localInstant } from "../../time/zone.ts";
import { readerOfCounts } from "./counts.ts";
import { readTable, type TableRow } from "./table.ts";

/** An unusable row, and why. */
export interface BadRow {
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly reason: string;
}

/** The content of a CSV file. */
export interface CsvSeries {
  readonly first: Bucket;
  /** By bucket from `first` on; undefined where the file has no usable row. */
  readonly values: readonly (number | undefined)[];
  readonly bad: readonly BadRow[];
  /** How hours that a clock change repeats or skips were read. */
  readonly notes?: readonly string[];
}

/** A longer range means a mistyped year. */
const MOST_BUCKETS = 200_000;

/** A readable row: the instants at which it may begin, and its count. */
interface Reading {
  readonly line: number;
  readonly time: string;
  readonly begins: readonly Instant[];
  readonly value: number;
}

/**
 * Reads rows of times and whole counts. A time begins an hour or day, by the clock of `zone` unless it names one. Every
 * unusable row is in `bad`. A string says what is wrong with the whole file.
 */
export function readCsv(text: string, unit: Unit, zone = "UTC"): CsvSeries | string {
  const rows = readTable(text);
  if (typeof rows === "string") return rows;
  const countIn = readerOfCounts(
    rows.flatMap(({ line, cells }) => (cells.length === 2 ? [{ line, text: cells[1]! }] : [])),
  );
  if (typeof countIn === "string") return countIn;

  const bad: BadRow[] = [];
  const readings = rows.flatMap((row): Reading[] => {
    const read = readRow(row, unit, zone, countIn);
    if (typeof read !== "string") return [read];
    bad.push({ line: row.line, reason: read });
    return [];
  });
  const notes: string[] = [];
  const counts = new Map<Bucket, number>();
  for (const { line, time, begins, value } of placed(readings, zone, notes)) {
    const bucket = unit === "hour" ? hourOf(begins[0]!) : begins[0]!;
    if (counts.has(bucket)) bad.push({ line, reason: `${time} was there before; the first stays` });
    else counts.set(bucket, value);
  }
  bad.sort((a, b) => a.line - b.line);
  const series = seriesOf(counts, unit, bad);
  return typeof series === "string" || notes.length === 0 ? series : { ...series, notes };
}

function seriesOf(
  counts: ReadonlyMap<Bucket, number>,
  unit: Unit,
  bad: readonly BadRow[],
): CsvSeries | string {
  if (counts.size === 0) {
    const [worst] = bad;
    const why = worst ? ` (line ${worst.line} ${worst.reason})` : "";
    return `has no usable rows${why}: it should have a header time,sessions and rows such as 2026-06-16T12:00:00Z,610`;
  }
  const buckets = [...counts.keys()].sort((a, b) => a - b);
  const [first, last] = [buckets[0]!, buckets.at(-1)!];
  const length = (last - first) / stepOf(unit) + 1;
  if (length > MOST_BUCKETS)
    return `goes from ${bucketName(first, "day")} to ${bucketName(last, "day")}, too long to evaluate. Is a year mistyped?`;
  return { first, values: Array.from({ length }, (_, i) => counts.get(first + i * stepOf(unit))), bad };
}

function readRow(
  { line, cells }: TableRow,
  unit: Unit,
  zone: string,
  countIn: (text: string) => number | undefined,
): string | Reading {
  if (cells.length !== 2) return `has ${cells.length} columns instead of time,sessions`;
  const [time, count] = cells as [string, string];
  const begins = unit === "hour" ? beginsOfHour(time, zone) : beginsOfDay(time, zone);
  if (typeof begins === "string") return begins;
  const value = countIn(count);
  return value === undefined ? `"${count}" is not a count of sessions` : { line, time, begins, value };
}

/** An earlier year is mistyped, which the length of the range shows. */
const EARLIEST = 1_000;

function beginsOfHour(time: string, zone: string): Instant[] | string {
  const begins = instantsOf(time, zone, EARLIEST);
  if (!begins) return `"${time}" is not a time such as 2026-06-16T12:00:00Z`;
  if (!time.includes(":")) return `${time} names no hour: for a file of days, write --unit day`;
  // In half-hour time zones, hours begin inside a UTC hour and are named after it.
  const [, minute, second = "00"] = /[T ]\d\d:(\d\d)(?::(\d\d))?/i.exec(time) ?? [];
  const isWhole = begins.every((instant) => instant % HOUR === 0) || (minute === "00" && second === "00");
  return isWhole ? begins : `${time} is not the beginning of an hour in ${zone}`;
}

function beginsOfDay(time: string, zone: string): Instant[] | string {
  const date = dateOf(time, zone);
  if (date === undefined) return `"${time}" is not a time such as 2026-06-16`;
  const isMidnight = /^\d{4}-\d\d-\d\d(?:[T ]00:00(?::00(?:\.0+)?)?(?!:)|$)/.test(time);
  const [begins] = instantsOf(time, zone) ?? [];
  return isMidnight || begins === localInstant(zone, date)
    ? [date]
    : `${time} is not the beginning of a day in ${zone}`;
}

/** The rows whose beginning is known. Repeated clock hours are told apart by their order. */
function placed(readings: readonly Reading[], zone: string, notes: string[]): Reading[] {
  const clear = readings.filter(({ begins }) => begins.length === 1);
  const isAscending = (clear[0]?.begins[0] ?? 0) <= (clear.at(-1)?.begins[0] ?? 0);
  const twins = Map.groupBy(
    readings.filter(({ begins }) => begins.length === 2),
    ({ begins }) => begins[0]!,
  );
  for (const { line, time, begins } of readings)
    if (begins.length === 0)
      notes.push(
        `line ${line}: ${time} does not exist in ${zone} (clocks go forward), so the row is skipped`,
      );
  const ordered = [...twins.values()].flatMap((rows) => {
    const { line, time, begins } = rows[0]!;
    if (rows.length === 1) {
      notes.push(
        `line ${line}: ${time} occurs twice in ${zone} (clocks go back) and once in the file, so both hours are skipped`,
      );
      return [];
    }
    notes.push(
      `line ${line}: ${time} occurs twice in ${zone} (clocks go back), and is read in the order of the rows`,
    );
    const inOrder = isAscending ? begins : begins.toReversed();
    return rows.map((row, i) => ({ ...row, begins: [inOrder[i] ?? inOrder[1]!] }));
  });
  return [...clear, ...ordered];
}
