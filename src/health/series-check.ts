import type { Progress } from "../series/due.ts";
import { firstLook, lateAfter } from "../series/ingestion-delay.ts";
import { unjudgedWords } from "../text/not-evaluated.ts";
import { endOf } from "../time/calendar.ts";
import { HOUR, type Instant, stepOf, type Unit } from "../time/time.ts";
import type { Facts } from "./checks.ts";
import type { Symptom } from "./health-issue.ts";
import { CLEAR } from "./neighbour-checks.ts";
import { isAskedFor, isHeld, type SeriesFacts, waiting } from "./series-facts.ts";

/** How long none of it may be there at all. */
const NOTHING_AT_ALL = 2 * HOUR;

/** How many buckets in a row may be unjudged. */
const streakOf = (unit: Unit): number => (unit === "hour" ? 3 : 2);

/** What is wrong with one series alone: refused, late, or not to be judged. */
export function seriesSymptom(series: SeriesFacts, facts: Facts): Symptom | undefined {
  const refusal = facts.troubles.get(series.id);
  if (refusal) {
    const { message, advice, since } = refusal;
    return { ...symptom("refused", series), detail: message, advice, since, grace: CLEAR };
  }
  // While nothing can be read, nothing new is known of what is late.
  const isKnown =
    !facts.troubles.has(series.workspace) ||
    [`late.${series.watchId}`, "late.many"].some((id) => facts.standing.has(id));
  return (isKnown ? lateSymptom(series, facts.now) : undefined) ?? unjudgedSymptom(series);
}

function lateSymptom(series: SeriesFacts, now: Instant): Symptom | undefined {
  const { progress, watchedSince } = series;
  const late = symptom("late", series);
  const advice =
    "Nothing to do if it passes: the hours are judged when they come, and none is taken for a drop. If it stays, look at Braze's status page, and whether the app still sends sessions.";
  if (progress?.judgedThrough === undefined) {
    if (progress?.notBefore === undefined || now - watchedSince < NOTHING_AT_ALL) return undefined;
    const check =
      "Check the app and the segment of the watch in Braze, and that analytics tracking is switched on for the segment.";
    const detail = "Braze has not one hour of it";
    return { ...late, detail, advice: check, since: watchedSince, grace: CLEAR };
  }
  const detail = "Braze does not have its newest sessions, well beyond their usual delay";
  const missing = runOf(progress);
  if (missing?.because === "missing" || missing?.because === "partial") {
    return { ...late, detail, advice, since: missing.since, grace: 0 };
  }
  const next = waiting(series, now);
  if (isHeld(series, now)) return undefined;
  if (next === undefined || !isAskedFor(series, next, now)) return undefined;
  const delay = now - endOf(next, series.unit, series.zone);
  if (delay < lateAfter(series.arrival, firstLook(series.id, series.timing))) return undefined;
  return { ...late, detail, advice, since: next, grace: 0 };
}

function unjudgedSymptom(series: SeriesFacts): Symptom | undefined {
  const { progress, unit } = series;
  const unjudged = progress && runOf(progress);
  // What somebody excluded is no blindness; what is missing is late.
  if (!unjudged || /^(missing|partial|excluded)$/.test(unjudged.because)) return undefined;
  const streak = (unjudged.through - unjudged.since) / stepOf(unit) + 1;
  if (streak < streakOf(unit)) return undefined;
  const { why, advice } = unjudgedWords(unjudged.because);
  return {
    ...symptom("unjudged", series),
    detail: `its ${unit}s cannot be judged: ${why}`,
    advice,
    since: unjudged.since,
    grace: 0,
  };
}

/** The run of unjudged buckets that lasts. */
const runOf = ({ unjudged, judgedThrough }: Progress) =>
  unjudged?.through === judgedThrough ? unjudged : undefined;

const symptom = <Kind extends "late" | "refused" | "unjudged">(kind: Kind, series: SeriesFacts) => ({
  id: `${kind}.${series.watchId}`,
  kind,
  what: [series.title],
});
