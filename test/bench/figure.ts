/** One measured figure, and what it was to be where that was said. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly target?: string;
}

/** How long something took, in milliseconds. */
export async function timed(act: () => unknown): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

/** The figures as a table. */
export function printFigures(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const { what, measured, target } of figures) {
    console.log(`${what.padEnd(width)}  ${measured}${target ? `  (target: ${target})` : ""}`);
  }
}
