import type { NotEvaluatedReason, Range, Together } from "../../../detector/verdict/verdict.ts";
import type { AuditedDecision, NotableVerdict } from "../../../reports/audit.ts";
import { HOUR } from "../../../time/time.ts";

/**
 * A verdict as words separated by blanks, about 50 bytes: the hour since 1970, then the reason; or direction, severity,
 * and the numbers of the score, which may be infinite as words.
 */
export function verdictText(verdict: NotableVerdict): string {
  const hour = verdict.bucket / HOUR;
  if (verdict.kind === "not-evaluated") return `${hour} ${verdict.because}`;
  const { direction, severity, score } = verdict;
  const { anomalyScore, window, together, alone, hasRecovered } = score;
  return [
    hour,
    direction,
    severity,
    ...countsText(score),
    Math.round(anomalyScore * 100) / 100,
    window,
    Number(hasRecovered),
    ...rangeText(alone),
    ...(together ? [...countsText(together), together.buckets] : []),
  ].join(" ");
}

const countsText = (of: Omit<Together, "buckets">): string[] => [
  rounded(of.observed),
  rounded(of.expected),
  ...rangeText(of),
];

/** A range without an upper bound ends with "-". */
const rangeText = ({ low, high }: Range): string[] => [
  rounded(low),
  high === undefined ? "-" : rounded(high),
];

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

// An anomaly score may be NaN.
const isNumber = (word: string): boolean => word === "NaN" || (word !== "" && !Number.isNaN(Number(word)));

const isWord = (text: string): boolean => /^[\x21-\x7e]*$/.test(text);

// Reasons differ between versions; only the form is checked.
const isReason = (word: string | undefined): boolean => word !== undefined && /^[a-z-]{1,40}$/.test(word);

/** The hour for a number of hours since 1970; undefined if invalid. */
function hourNamed(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) * HOUR : undefined;
}

/** Parses a verdict; undefined if invalid. */
export function verdictOf(text: string): NotableVerdict | undefined {
  const [hour, word, severity, ...numbers] = text.split(" ");
  const bucket = hourNamed(hour);
  if (bucket === undefined) return undefined;
  if (severity === undefined)
    return isReason(word)
      ? { kind: "not-evaluated", bucket, because: word as NotEvaluatedReason }
      : undefined;
  if (word !== "drop" && word !== "spike") return undefined;
  if ((severity !== "warning" && severity !== "critical") || (numbers.length !== 9 && numbers.length !== 14))
    return undefined;
  const bounds = [3, 12];
  if (!numbers.every((each, i) => isNumber(each) || (each === "-" && bounds.includes(i)))) return undefined;
  const together = numbers.length === 14 && {
    ...countsOf(numbers.slice(9)),
    buckets: Number(numbers[13]),
  };
  return {
    kind: "anomalous",
    bucket,
    direction: word,
    severity,
    score: {
      ...countsOf(numbers),
      anomalyScore: Number(numbers[4]),
      window: Number(numbers[5]),
      hasRecovered: numbers[6] === "1",
      alone: { low: Number(numbers[7]), high: Number(numbers[8]) },
      ...(together && { together }),
    },
  };
}

const countsOf = ([observed, expected, ...range]: readonly string[]): Omit<Together, "buckets"> => ({
  observed: Number(observed),
  expected: Number(expected),
  ...rangeOf(range),
});

const rangeOf = ([low, high]: readonly string[]): Range => ({
  low: Number(low),
  ...(high !== "-" && { high: Number(high) }),
});

/**
 * A decision as words separated by blanks, without its time: incident, hour, when last notified (or -), what, why,
 * where.
 */
export const decisionText = ({ incidentId, bucket, notifiedAt, decision }: AuditedDecision): string =>
  [incidentId, bucket / HOUR, notifiedAt ?? "-", ...wordsOf(decision)].join(" ").trimEnd();

/** Older versions read what was sent elsewhere as a notification, too. */
function wordsOf(decision: AuditedDecision["decision"]): string[] {
  if ("send" in decision) return ["notify", `${SENT}${decision.send}`, decision.to];
  return "notify" in decision
    ? ["notify", decision.notify]
    : ["quiet", decision.suppress, decision.overflow ?? ""];
}

const SENT = "sent-";

/** Parses a decision; undefined if invalid. */
export function decisionOf(text: string, at: number): AuditedDecision | undefined {
  const [incidentId, hour, notifiedAt, what, why = "", overflow] = text.split(" ");
  const bucket = hourNamed(hour);
  if (!incidentId || ![incidentId, overflow ?? "-"].every(isWord) || bucket === undefined) return undefined;
  if (
    !notifiedAt ||
    !/^(?:-|\d{1,15})$/.test(notifiedAt) ||
    !isReason(why) ||
    (what !== "notify" && what !== "quiet")
  )
    return undefined;
  const decision =
    what === "quiet"
      ? { suppress: why, ...(overflow && { overflow }) }
      : why.startsWith(SENT) && overflow
        ? { send: why.slice(SENT.length), to: overflow }
        : { notify: why };
  return {
    incidentId,
    bucket,
    ...(notifiedAt !== "-" && { notifiedAt: Number(notifiedAt) }),
    decision: decision as AuditedDecision["decision"],
    at,
  };
}
