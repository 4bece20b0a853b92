/** The result of one check. A "note" is neither right nor wrong; "unseen" means that the check could not look. */
export interface Finding {
  readonly result: "right" | "wrong" | "unseen" | "note";
  readonly what: string;
  /** What to do, as full sentences. */
  readonly advice?: string;
}

/** The findings of one area. */
export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

export const right = (what: string): Finding => ({ result: "right", what });
export const note = (what: string, advice?: string): Finding => ({
  result: "note",
  what,
  ...(advice && { advice }),
});
export const wrong = (what: string, advice: string): Finding => ({ result: "wrong", what, advice });
export const unseen = (what: string, advice: string): Finding => ({ result: "unseen", what, advice });

/** The exit status for scripts: 0 when all is well, 1 for an error, 2 when something could not be checked. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  const results = new Set(findings.map(({ result }) => result));
  if (results.has("wrong")) return 1;
  return results.has("unseen") ? 2 : 0;
}

const marks = { right: "✓", wrong: "✗", unseen: "?", note: "·" } as const;

/** A section as text. */
export const printed = ({ title, findings }: Section): string =>
  [
    title,
    ...findings.flatMap(({ result, what, advice }) => [
      `  ${marks[result]} ${what}`,
      ...(advice ? [`      → ${advice}`] : []),
    ]),
  ].join("\n");
