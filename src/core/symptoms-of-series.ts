import { type Arrival, endOf, firstLook, lateAfter } from "./arrival.ts";
import type { Symptom } from "./blindness.ts";
import { lastSettled, type Progress, type Timing } from "./due.ts";
import type { Facts } from "./symptoms.ts";
import { CLEAR } from "./symptoms-around.ts";
import { type Bucket, HOUR, type Instant, MINUTE, stepOf, type Unit } from "./time.ts";
import type { UnjudgedReason } from "./verdict.ts";

/** How things stand with one series that is watched. */
export interface SeriesFacts {
  readonly id: string;
  readonly workspace: string;
  readonly unit: Unit;
  readonly zone: string;
  readonly timing: Timing;
  /** The first watch that looks at it. */
  readonly watchId: string;
  /** What people call it. */
  readonly title: string;
  /** When it was first watched. */
  readonly watchedSince: Instant;
  readonly progress?: Progress;
  readonly arrival?: Arrival;
}

/** How long a bucket may stay unjudged, for no fault of Braze's, once it was due. */
const BEHIND_AFTER = 30 * MINUTE;

/** How long a first history may take to be read, and how long none may be there at all. */
const FIRST_HISTORY = HOUR;
const NOTHING_AT_ALL = 2 * HOUR;

/** A series is asked again and again while it is late; longer ago than this, something else holds it up. */
const STILL_ASKED = 15 * MINUTE;

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
  if (next === undefined || !wasAsked(series, next, now)) return undefined;
  const delay = now - endOf(next, series.unit, series.zone);
  if (delay < lateAfter(series.arrival, firstLook(series.id, series.timing))) return undefined;
  return { ...late, detail, advice, since: next, grace: 0 };
}

const reasons: Readonly<Record<UnjudgedReason, string>> = {
  missing: "Braze does not have them",
  partial: "Braze has them only in part",
  "too-little-history": "there is too little history yet to compare them with",
  flat: "the sessions hardly change, so that nothing can be told from them",
  stale: "Braze repeats the same numbers",
  excluded: "somebody excluded them",
};

function unjudgedSymptom(series: SeriesFacts): Symptom | undefined {
  const { progress, unit } = series;
  const unjudged = progress && runOf(progress);
  // What somebody excluded is no blindness; what is missing is late.
  if (!unjudged || /^(missing|partial|excluded)$/.test(unjudged.because)) return undefined;
  const streak = (unjudged.through - unjudged.since) / stepOf(unit) + 1;
  if (streak < streakOf(unit)) return undefined;
  return {
    ...symptom("unjudged", series),
    detail: `its ${unit}s cannot be judged: ${reasons[unjudged.because]}`,
    advice:
      unjudged.because === "too-little-history"
        ? "Nothing to do: it is judged by itself as soon as there is enough."
        : "Look at the series in Braze; if it is as it should be, remove the watch.",
    since: unjudged.since,
    grace: 0,
  };
}

/** Whether Tidewatch itself does not keep up: buckets are due, Braze was not even asked, or has answered long ago. */
export function behindSymptom({ series, troubles, now }: Facts): Symptom | undefined {
  const behind = series
    .filter(({ id, workspace }) => !troubles.has(id) && !troubles.has(workspace))
    .flatMap((one) => {
      const dueAt = behindSince(one, now);
      return dueAt === undefined ? [] : [{ title: one.title, dueAt }];
    })
    .sort((a, b) => a.dueAt - b.dueAt);
  if (behind.length === 0) return undefined;
  return {
    id: "behind",
    kind: "behind",
    what: behind.map(({ title }) => title),
    detail: "what is due is not judged",
    advice:
      "Look for collect.failed and evaluate.failed in the log. If there is nothing, raise CONCURRENCY, or give the worker and Redis more room.",
    since: behind[0]!.dueAt,
    // After downtime everything is behind, and caught up within minutes.
    grace: 10 * MINUTE,
  };
}

function behindSince(series: SeriesFacts, now: Instant): Instant | undefined {
  const { progress, watchedSince, unit, zone, id, timing } = series;
  if (progress?.judgedThrough === undefined) {
    const isWaiting = progress?.notBefore === undefined && now - watchedSince >= FIRST_HISTORY;
    return isWaiting ? watchedSince : undefined;
  }
  const next = waiting(series, now);
  if (next === undefined || wasAsked(series, next, now)) return undefined;
  const dueAt = endOf(next, unit, zone) + firstLook(id, timing);
  return now - dueAt >= BEHIND_AFTER ? dueAt : undefined;
}

/** The run of unjudged buckets that lasts. */
const runOf = ({ unjudged, judgedThrough }: Progress) =>
  unjudged?.through === judgedThrough ? unjudged : undefined;

/** The oldest bucket that is due and not judged. */
function waiting({ progress, unit, zone, id, timing }: SeriesFacts, now: Instant): Bucket | undefined {
  const next = progress!.judgedThrough! + stepOf(unit);
  return next <= lastSettled(now, firstLook(id, timing), unit, zone) ? next : undefined;
}

/** Whether Braze was asked for a bucket after its end, and is asked still: then it is Braze that does not have it. */
const wasAsked = ({ progress, unit, zone }: SeriesFacts, bucket: Bucket, now: Instant): boolean =>
  progress?.notBefore !== undefined &&
  bucket > (progress.collectedThrough ?? 0) &&
  progress.notBefore > endOf(bucket, unit, zone) &&
  now < progress.notBefore + STILL_ASKED;

const symptom = <Kind extends "late" | "refused" | "unjudged">(kind: Kind, series: SeriesFacts) => ({
  id: `${kind}.${series.watchId}`,
  kind,
  what: [series.title],
});
