import { CsvError, parse } from "csv-parse/sync";

/** A row of a file of times and counts. */
export interface TableRow {
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The text of a file: UTF-8, or UTF-16 as Excel writes it; undefined for any other encoding. */
export function decoded(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const name =
    (first === 0xff && second === 0xfe) || (second === 0 && first !== 0)
      ? "utf-16le"
      : (first === 0xfe && second === 0xff) || (first === 0 && second !== 0)
        ? "utf-16be"
        : "utf-8";
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const TIME_NAMES = /^(?:time|timestamp|date|datetime|date_time|hour|day|bucket|period)$/i;
const COUNT_NAMES = /^(?:sessions?|session_count|count|counts|value|total|n)$/i;

/**
 * The rows of a file as time and count, with any usual separator, line end and quotes. A string says why it is
 * unreadable.
 */
export function readTable(text: string): readonly TableRow[] | string {
  const rows = rowsOf(text);
  if (typeof rows === "string") return rows;
  const [head, ...rest] = rows;
  const names = head?.cells ?? [];
  const time = names.findIndex((name) => TIME_NAMES.test(name));
  if (time < 0) return rows;
  const counts = names.flatMap((name, i) => (COUNT_NAMES.test(name) ? [i] : []));
  const count = counts.length === 1 ? counts[0]! : names.length === 2 ? 1 - time : undefined;
  if (count === undefined)
    return `has the columns ${names.join(", ")}, of which ${counts.length === 0 ? "none is" : "several are"} called sessions: name one so`;
  return rest.map(({ line, cells }) =>
    cells.length === names.length ? { line, cells: [cells[time]!, cells[count]!] } : { line, cells },
  );
}

function rowsOf(text: string): TableRow[] | string {
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed
      .map(({ record, info }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ""));
  } catch (error) {
    if (error instanceof CsvError) return `cannot be read whole: ${error.message}`;
    throw error;
  }
}

/** The column separator, taken from the first line that is not empty, outside of quotes. */
function separatorOf(text: string): string {
  const first =
    text
      .replace(/^\ufeff/, "")
      .split(/[\r\n]+/)
      .find((line) => line.trim() !== "") ?? "";
  const plain = first.replace(/"[^"]*"/g, "");
  return ["\t", ";", "|"].find((separator) => plain.includes(separator)) ?? ",";
}
