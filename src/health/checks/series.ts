import type { Progress } from "../../series/due.ts";
import { firstLook, lateAfter } from "../../series/ingestion-delay.ts";
import { notEvaluatedWords } from "../../text/not-evaluated.ts";
import { text } from "../../text/text.ts";
import { endOf } from "../../time/calendar.ts";
import { HOUR, type Instant, MINUTE, stepOf, type Unit } from "../../time/time.ts";
import { CLEAR, type Failing, type HealthCheck, nameOr } from "../check.ts";
import { type Facts, isAskedFor, isHeld, type SeriesFacts, waiting } from "../facts.ts";

type Read = Pick<Facts, "now" | "series" | "failures">;
type ReadLate = Read & Pick<Facts, "openIssues">;

/** Whether each watched series is read and evaluated in time. */
export const seriesChecks = {
  late: {
    failing: (facts: ReadLate) => facts.series.flatMap((series) => late(series, facts) ?? []),
    title: (first, howMany) => text`Data is late: ${nameOr(first, howMany, "series")}`,
    consequence: "Late data never opens a drop",
    passing: "no data is late",
    grace: 0,
    isGrouped: true,
    mayPass: true,
  },
  "not-evaluated": {
    failing: (facts: ReadLate) =>
      facts.series.flatMap((series) =>
        facts.failures.has(series.id) || late(series, facts) ? [] : (notEvaluated(series) ?? []),
      ),
    title: (first, howMany) => text`Not evaluated: ${nameOr(first, howMany, "series")}`,
    consequence: "Its hours are stored, and later hours are compared with them",
    passing: "what is read is evaluated",
    grace: 0,
    isGrouped: true,
    mayPass: true,
  },
  behind: {
    failing: (facts: Read) => {
      const behind = facts.series
        .map((one) => ({ title: one.title, dueAt: behindSince(one, facts) }))
        .filter((one): one is { title: string; dueAt: Instant } => one.dueAt !== undefined)
        .sort((a, b) => a.dueAt - b.dueAt);
      if (behind.length === 0) return [];
      return [
        {
          what: behind.map(({ title }) => title),
          detail: "buckets that are due are not evaluated",
          advice:
            "Check that a worker runs, and look for collect.failed and evaluate.failed in the log. If there is nothing, raise CONCURRENCY, or give the worker and Redis more processor time and memory.",
          since: behind[0]!.dueAt,
        },
      ];
    },
    title: (first, howMany) => text`Tidewatch is behind: ${nameOr(first, howMany, "series")}`,
    consequence: "Nothing is lost: every hour is evaluated in order",
    passing: "every bucket that is due is evaluated",
    // After downtime everything is behind, and catches up within minutes.
    grace: 10 * MINUTE,
    isVital: true,
    mayPass: true,
  },
} as const satisfies Record<string, HealthCheck>;

/** How long a series may have no data at all. */
const NOTHING_AT_ALL = 2 * HOUR;

const LATE = "Braze does not have its newest numbers, long after their usual delay";
const LATE_ADVICE =
  "Nothing to do if it passes: the hours are evaluated when they arrive, and none opens a drop. If it stays, check Braze's status page, and whether the app still sends data.";

function late(
  series: SeriesFacts,
  { failures, openIssues, now }: Omit<ReadLate, "series">,
): Failing | undefined {
  const { id, workspace, watchId, title, progress, watchedSince } = series;
  if (failures.has(id)) return undefined;
  // While nothing can be read, nobody knows what is late.
  const isKnown =
    !failures.has(workspace) || openIssues.has(`late.${watchId}`) || openIssues.has("late.many");
  if (!isKnown) return undefined;
  const found = { of: watchId, what: [title], detail: LATE, advice: LATE_ADVICE };
  if (progress?.evaluatedThrough === undefined) {
    if (progress?.notBefore === undefined || now - watchedSince < NOTHING_AT_ALL) return undefined;
    return {
      ...found,
      detail: "Braze has no data for it",
      advice:
        "Check the app and the segment of the watch in Braze, and that analytics tracking is switched on for the segment.",
      since: watchedSince,
      grace: CLEAR,
    };
  }
  const missing = runOf(progress);
  if (missing?.because === "missing" || missing?.because === "partial")
    return { ...found, since: missing.since };
  const next = waiting(series, now);
  if (next === undefined || isHeld(series, now) || !isAskedFor(series, next, now)) return undefined;
  const delay = now - endOf(next, series.unit, series.zone);
  const isLate = delay >= lateAfter(series.ingestionDelay, firstLook(id, series.timing));
  return isLate ? { ...found, since: next } : undefined;
}

/** How many buckets in a row may be not evaluated. */
const streakOf = (unit: Unit): number => (unit === "hour" ? 3 : 2);

function notEvaluated({ watchId, title, progress, unit }: SeriesFacts): Failing | undefined {
  const run = progress && runOf(progress);
  // Excluded buckets, and those of quiet hours of a ratio, are no health issue; missing buckets are late.
  if (!run || /^(missing|partial|excluded|small-denominator)$/.test(run.because)) return undefined;
  if ((run.through - run.since) / stepOf(unit) + 1 < streakOf(unit)) return undefined;
  const { why, advice } = notEvaluatedWords(run.because);
  return {
    of: watchId,
    what: [title],
    detail: `its ${unit}s cannot be evaluated: ${why}`,
    advice,
    since: run.since,
  };
}

/** The run of not evaluated buckets that still lasts. */
const runOf = ({ notEvaluated: run, evaluatedThrough }: Progress) =>
  run?.through === evaluatedThrough ? run : undefined;

/** How long after it was due a bucket may stay not evaluated, when Braze is not at fault. */
const BEHIND_AFTER = 30 * MINUTE;

/** How long a first history may take to be read. */
const FIRST_HISTORY = HOUR;

/** Since when a bucket is due that Braze was not asked for, or answered long ago. */
function behindSince(series: SeriesFacts, { failures, now }: Omit<Read, "series">): Instant | undefined {
  const { progress, watchedSince, workspace, unit, zone, id, timing } = series;
  if (failures.has(id) || failures.has(workspace) || isHeld(series, now)) return undefined;
  if (progress?.evaluatedThrough === undefined) {
    const isWaiting = progress?.notBefore === undefined && now - watchedSince >= FIRST_HISTORY;
    return isWaiting ? watchedSince : undefined;
  }
  const next = waiting(series, now);
  if (next === undefined || isAskedFor(series, next, now)) return undefined;
  const dueAt = endOf(next, unit, zone) + firstLook(id, timing);
  return now - dueAt >= BEHIND_AFTER ? dueAt : undefined;
}
