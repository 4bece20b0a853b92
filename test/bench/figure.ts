import { readFileSync, writeFileSync } from "node:fs";

/** One measured figure, and what it was to be where that was said. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly target?: string;
}

/** The figures of an earlier run, by what they measure, and the day and the machine's state they are of. */
interface KeptFigures {
  readonly of: string;
  readonly figures: Readonly<Record<string, string>>;
}

const KEPT = new URL("figures.json", import.meta.url);

const kept = JSON.parse(readFileSync(KEPT, "utf8")) as KeptFigures;

/** How long something took, in milliseconds. */
export async function timed(act: () => unknown): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

/** The figures as a table, each beside its target and what was kept of an earlier run. */
export function printFigures(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const { what, measured, target } of figures) {
    const before = kept.figures[what];
    const beside = [...(target ? [`target: ${target}`] : []), ...(before ? [`${kept.of}: ${before}`] : [])];
    console.log(`${what.padEnd(width)}  ${measured}${beside.length > 0 ? `  (${beside.join("; ")})` : ""}`);
  }
}

/** Keeps figures, to be shown beside those of the next runs; those of other sizes stay. */
export function keepFigures(figures: readonly Figure[], of: string): void {
  const measured = Object.fromEntries(figures.map(({ what, measured }) => [what, measured]));
  const together: KeptFigures = { of, figures: { ...kept.figures, ...measured } };
  writeFileSync(KEPT, `${JSON.stringify(together, null, 2)}\n`);
}
