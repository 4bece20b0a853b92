/** Slack's "no": the code of its answer, and what else stands in it. */
export class Refusal extends Error {
  override name = "Refusal" as const;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** A refusal that says in words what was wrong, where Slack does so. */
export const refusalWith = (code: string, ...problems: string[]): Refusal =>
  new Refusal(code, { response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) } });
