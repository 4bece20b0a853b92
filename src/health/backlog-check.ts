import { firstLook } from "../series/ingestion-delay.ts";
import { endOf } from "../time/calendar.ts";
import { HOUR, type Instant, MINUTE } from "../time/time.ts";
import type { Facts } from "./facts.ts";
import type { CheckFailure } from "./health-issue.ts";
import { isAskedFor, isHeld, type SeriesFacts, waiting } from "./series-facts.ts";

/** How long after it was due a bucket may stay not evaluated, when Braze is not at fault. */
const BEHIND_AFTER = 30 * MINUTE;

/** How long a first history may take to be read. */
const FIRST_HISTORY = HOUR;

/**
 * Whether Tidewatch itself does not keep up: buckets are due, and Braze was not asked for them or answered long ago.
 */
export function behindCheckFailure({ series, failures, now }: Facts): CheckFailure | undefined {
  const behind = series
    .filter((one) => !failures.has(one.id) && !failures.has(one.workspace) && !isHeld(one, now))
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
    detail: "buckets that are due are not evaluated",
    advice:
      "Look for collect.failed and evaluate.failed in the log. If there is nothing, raise CONCURRENCY, or give the worker and Redis more processor time and memory.",
    since: behind[0]!.dueAt,
    // After downtime everything is behind, and catches up within minutes.
    grace: 10 * MINUTE,
  };
}

function behindSince(series: SeriesFacts, now: Instant): Instant | undefined {
  const { progress, watchedSince, unit, zone, id, timing } = series;
  if (progress?.evaluatedThrough === undefined) {
    const isWaiting = progress?.notBefore === undefined && now - watchedSince >= FIRST_HISTORY;
    return isWaiting ? watchedSince : undefined;
  }
  const next = waiting(series, now);
  if (next === undefined || isAskedFor(series, next, now)) return undefined;
  const dueAt = endOf(next, unit, zone) + firstLook(id, timing);
  return now - dueAt >= BEHIND_AFTER ? dueAt : undefined;
}
