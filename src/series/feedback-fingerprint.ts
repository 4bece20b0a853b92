import { type Bucket, stepOf, type Unit } from "../time/time.ts";
import type { Exclusion } from "./excluded-hours.ts";
import { fingerprint } from "./fingerprint.ts";
import type { PlannedEvent } from "./planned-events.ts";

/**
 * A number for the exclusions and planned events up to a bucket, 0 for none. A state that was learned under another
 * number is learned again.
 */
export function feedbackFingerprint(
  exclusions: readonly Exclusion[],
  events: readonly PlannedEvent[],
  through: Bucket,
  unit: Unit,
): number {
  const end = through + stepOf(unit);
  const entries = [
    // Later buckets do not count yet: the exclusion may still grow.
    ...exclusions
      .filter(({ from }) => from <= through)
      .map(({ from, to, because }) => [because, from, Math.min(to, end)]),
    // A day starts up to a day before or after the UTC midnight that names it.
    ...events
      .filter(({ from }) => from < end + stepOf(unit))
      .map(({ from, to }) => ["event", from, Math.min(to, end + stepOf(unit))]),
  ].map((words) => words.join(" "));
  return entries.length === 0 ? 0 : fingerprint(entries.sort().join("\n")) + 1;
}
