import type { Progress } from "../series/due.ts";
import { firstLook, lateAfter } from "../series/ingestion-delay.ts";
import { notEvaluatedWords } from "../text/not-evaluated.ts";
import { endOf } from "../time/calendar.ts";
import { HOUR, type Instant, stepOf, type Unit } from "../time/time.ts";
import type { Facts } from "./facts.ts";
import type { CheckFailure } from "./health-issue.ts";
import { CLEAR } from "./neighbour-checks.ts";
import { isAskedFor, isHeld, type SeriesFacts, waiting } from "./series-facts.ts";

/** How long a series may have no data at all. */
const NOTHING_AT_ALL = 2 * HOUR;

/** How many buckets in a row may be not evaluated. */
const streakOf = (unit: Unit): number => (unit === "hour" ? 3 : 2);

/** What is wrong with one series: refused, late, or not evaluated. */
export function seriesCheckFailure(series: SeriesFacts, facts: Facts): CheckFailure | undefined {
  const refusal = facts.failures.get(series.id);
  if (refusal) {
    const { message, advice, since } = refusal;
    return { ...checkFailure("refused", series), detail: message, advice, since, grace: CLEAR };
  }
  // While nothing can be read, nobody knows what is late.
  const isKnown =
    !facts.failures.has(series.workspace) ||
    [`late.${series.watchId}`, "late.many"].some((id) => facts.standing.has(id));
  return (isKnown ? lateCheckFailure(series, facts.now) : undefined) ?? notEvaluatedCheckFailure(series);
}

function lateCheckFailure(series: SeriesFacts, now: Instant): CheckFailure | undefined {
  const { progress, watchedSince } = series;
  const late = checkFailure("late", series);
  const advice =
    "Nothing to do if it passes: the hours are evaluated when they arrive, and none opens a drop. If it stays, check Braze's status page, and whether the app still sends sessions.";
  if (progress?.evaluatedThrough === undefined) {
    if (progress?.notBefore === undefined || now - watchedSince < NOTHING_AT_ALL) return undefined;
    const check =
      "Check the app and the segment of the watch in Braze, and that analytics tracking is switched on for the segment.";
    const detail = "Braze has no data for it";
    return { ...late, detail, advice: check, since: watchedSince, grace: CLEAR };
  }
  const detail = "Braze does not have its newest sessions, long after their usual delay";
  const missing = runOf(progress);
  if (missing?.because === "missing" || missing?.because === "partial") {
    return { ...late, detail, advice, since: missing.since, grace: 0 };
  }
  const next = waiting(series, now);
  if (isHeld(series, now)) return undefined;
  if (next === undefined || !isAskedFor(series, next, now)) return undefined;
  const delay = now - endOf(next, series.unit, series.zone);
  if (delay < lateAfter(series.ingestionDelay, firstLook(series.id, series.timing))) return undefined;
  return { ...late, detail, advice, since: next, grace: 0 };
}

function notEvaluatedCheckFailure(series: SeriesFacts): CheckFailure | undefined {
  const { progress, unit } = series;
  const notEvaluated = progress && runOf(progress);
  // Excluded buckets are no health issue; missing buckets are late.
  if (!notEvaluated || /^(missing|partial|excluded)$/.test(notEvaluated.because)) return undefined;
  const streak = (notEvaluated.through - notEvaluated.since) / stepOf(unit) + 1;
  if (streak < streakOf(unit)) return undefined;
  const { why, advice } = notEvaluatedWords(notEvaluated.because);
  return {
    ...checkFailure("not-evaluated", series),
    detail: `its ${unit}s cannot be evaluated: ${why}`,
    advice,
    since: notEvaluated.since,
    grace: 0,
  };
}

/** The run of not evaluated buckets that still lasts. */
const runOf = ({ notEvaluated, evaluatedThrough }: Progress) =>
  notEvaluated?.through === evaluatedThrough ? notEvaluated : undefined;

const checkFailure = <Kind extends "late" | "refused" | "not-evaluated">(
  kind: Kind,
  series: SeriesFacts,
) => ({
  id: `${kind}.${series.watchId}`,
  kind,
  what: [series.title],
});
