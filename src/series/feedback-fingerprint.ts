import { type Bucket, stepOf, type Unit, WEEK } from "../time/time.ts";
import type { Exclusion } from "./excluded-hours.ts";
import { fingerprint } from "./fingerprint.ts";
import type { PlannedEvent } from "./planned-events.ts";
import type { Send } from "./sends.ts";

/** What beside feedback decides how a bucket is learned. */
interface Influences {
  readonly events?: readonly PlannedEvent[];
  readonly sends?: readonly Pick<Send, "id" | "kind" | "time">[];
}

/** Sends older than this are forgotten (`LIFE.sends`), and part of no history. */
const SENDS_COUNT_FOR = 8 * WEEK;

/**
 * A number for the exclusions, planned events and sends up to a bucket, 0 for none. A state that was learned under
 * another number is learned again.
 */
export function feedbackFingerprint(
  exclusions: readonly Exclusion[],
  { events = [], sends = [] }: Influences,
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
    ...sends
      .filter(({ time }) => time < end && time >= end - SENDS_COUNT_FOR)
      .map(({ id, kind, time }) => ["send", kind, id, time]),
  ].map((words) => words.join(" "));
  return entries.length === 0 ? 0 : fingerprint(entries.sort().join("\n")) + 1;
}
