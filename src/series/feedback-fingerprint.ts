import { type Bucket, stepOf, type Unit } from "../time/time.ts";
import type { Exclusion } from "./excluded-hours.ts";
import { fingerprint } from "./fingerprint.ts";
import type { PlannedEvent } from "./planned-events.ts";

/**
 * What exclusions and planned events say about the buckets up to one, as a number: 0 where they say nothing. A state that
 * was learned under another number has learned something else, and is learned again.
 */
export function feedbackFingerprint(
  exclusions: readonly Exclusion[],
  events: readonly PlannedEvent[],
  through: Bucket,
  unit: Unit,
): number {
  const end = through + stepOf(unit);
  const said = [
    // What lies beyond does not count yet: an exclusion may still grow there.
    ...exclusions
      .filter(({ from }) => from <= through)
      .map(({ from, to, because }) => [because, from, Math.min(to, end)]),
    // A day begins up to a day before or after the UTC midnight that names it.
    ...events
      .filter(({ from }) => from < end + stepOf(unit))
      .map(({ from, to }) => ["event", from, Math.min(to, end + stepOf(unit))]),
  ].map((words) => words.join(" "));
  return said.length === 0 ? 0 : fingerprint(said.sort().join("\n")) + 1;
}
