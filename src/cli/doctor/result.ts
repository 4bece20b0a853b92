import type { PermanentError, TransientError } from "../../errors.ts";
import {
  type FactsFor,
  failuresOf,
  type HealthIssueKind,
  healthCheck,
  titleOf,
} from "../../health/checks.ts";
import type { KnownFailure } from "../../health/facts.ts";
import { plainText } from "../../text/text.ts";
import type { Instant } from "../../time/time.ts";

/** The result of one check. A "note" is neither good nor bad; "unknown" means that the check could not look. */
export interface CheckResult {
  readonly result: "passed" | "failed" | "unknown" | "note";
  readonly what: string;
  /** What to do, as full sentences. */
  readonly advice?: string;
}

/** The results of one area. */
export interface Section {
  readonly title: string;
  readonly results: readonly CheckResult[];
}

export const passed = (what: string): CheckResult => ({ result: "passed", what });
export const note = (what: string, advice?: string): CheckResult => ({
  result: "note",
  what,
  ...(advice && { advice }),
});
export const failed = (what: string, advice: string): CheckResult => ({ result: "failed", what, advice });
export const unknown = (what: string, advice: string): CheckResult => ({ result: "unknown", what, advice });

/**
 * The results of a health check on what the doctor or the bot found out, in the words of the ops channel.
 * @param isUnsure whether it may be well the next time
 */
export function resultsOf<Kind extends HealthIssueKind>(
  kind: Kind,
  facts: FactsFor<Kind>,
  isUnsure = false,
): CheckResult[] {
  const { passing, mayPass } = healthCheck(kind);
  const failures = failuresOf(kind, facts);
  if (failures.length === 0) return [passed(passing)];
  return failures.map((failure) => {
    const what = `${plainText(titleOf(failure))}: ${failure.detail}`;
    if (mayPass) return note(what, failure.advice);
    return isUnsure
      ? unknown(what, `${failure.advice} Then run the doctor again.`)
      : failed(what, failure.advice);
  });
}

/** An error that the doctor met, as the bot records it. */
export const failureFrom = (
  { failure, message, advice }: PermanentError | TransientError,
  since: Instant,
): KnownFailure => ({ failure, message, advice, since });

/** The exit status for scripts: 0 when all is well, 1 for an error, 2 when something could not be checked. */
export function exitCodeOf(results: readonly CheckResult[]): 0 | 1 | 2 {
  if (results.some(({ result }) => result === "failed")) return 1;
  return results.some(({ result }) => result === "unknown") ? 2 : 0;
}

const marks = { passed: "✓", failed: "✗", unknown: "?", note: "·" } as const;

/** A section as text. */
export const printed = ({ title, results }: Section): string =>
  [
    title,
    ...results.flatMap(({ result, what, advice }) => [
      `  ${marks[result]} ${what}`,
      ...(advice ? [`      → ${advice}`] : []),
    ]),
  ].join("\n");
