/** Counts as a spreadsheet may write them: with thousands separators, or with zero decimals. */
const GROUPED = /^\d{1,3}(?:([.,'’ \u00a0\u202f_])\d{3})(?:\1\d{3})*$/;
const WITH_NOUGHT = /^\d{1,9}([.,])0+$/;
const BOTH = /^\d{1,3}([.,'’ \u00a0\u202f_])\d{3}(?:\1\d{3})*([.,])0+$/;

/** A cell of the count column, and its place. */
export interface Cell {
  readonly line: number;
  readonly text: string;
}

/** The thousands separator and the decimal mark of the whole column. */
interface Marks {
  readonly thousands: ReadonlySet<string>;
  readonly decimal: ReadonlySet<string>;
}

/**
 * The reader for the counts of a column. A string names a count that can be two numbers. `1.000` alone can be 1 or
 * 1,000; beside `1.234` or `12.0` it has only one meaning.
 */
export function readerOfCounts(cells: readonly Cell[]): ((text: string) => number | undefined) | string {
  const marks = marksOf(cells);
  const unclear = cells.find(({ text }) => {
    const mark = GROUPED.exec(text)?.[1];
    return (
      mark !== undefined && WITH_NOUGHT.test(text) && marks.thousands.has(mark) === marks.decimal.has(mark)
    );
  });
  if (unclear) {
    const digits = unclear.text.replace(/\D/g, "");
    return `cannot be read: "${unclear.text}" in line ${unclear.line} can be ${Number.parseInt(unclear.text, 10)} or ${digits}, and no other count shows which; write counts as plain digits`;
  }
  return (text) => countOf(text, marks);
}

function marksOf(cells: readonly Cell[]): Marks {
  const thousands = new Set<string>();
  const decimal = new Set<string>();
  for (const { text } of cells) {
    const [grouped, nought, both] = [GROUPED.exec(text), WITH_NOUGHT.exec(text), BOTH.exec(text)];
    if (grouped && !nought) thousands.add(grouped[1]!);
    if (nought && !grouped) decimal.add(nought[1]!);
    if (both && both[1] !== both[2]) {
      thousands.add(both[1]!);
      decimal.add(both[2]!);
    }
  }
  return { thousands, decimal };
}

/** The count of a cell; undefined when it is not a whole number of at least 0, or not written like the others. */
function countOf(text: string, { thousands, decimal }: Marks): number | undefined {
  const [, group] = GROUPED.exec(text) ?? BOTH.exec(text) ?? [];
  const isGrouped = group !== undefined && thousands.has(group);
  const digits = isGrouped ? text.replaceAll(group, "") : text;
  const [, whole, mark] = /^(\d{1,9})(?:([.,])0+)?$/.exec(digits) ?? [];
  return whole === undefined || (mark !== undefined && !decimal.has(mark)) ? undefined : Number(whole);
}
