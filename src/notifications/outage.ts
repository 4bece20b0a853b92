import { type Instant, MINUTE } from "../time/time.ts";

/** Since when Slack has taken nothing, and when it last took nothing. */
export interface Outage {
  readonly since: Instant;
  readonly at: Instant;
}

/** Failures further apart than this belong to two outages: nobody tried in between. */
const GAP = 15 * MINUTE;

/** The outage after one more failure. */
export const prolonged = (known: Outage | undefined, at: Instant): Outage =>
  known && at - known.at < GAP ? { ...known, at: Math.max(known.at, at) } : { since: at, at };

/** Whether an outage has lasted for so long, as far as anybody knows. */
export const isDown = (
  { since, at }: Outage,
  { now, after }: { readonly now: Instant; readonly after: number },
): boolean => now - since >= after && now - at < GAP;
