import type { Instant } from "../time/time.ts";

/** Why people are not to be disturbed with something at present. */
export type SuppressionReason = "muted" | "quiet-hours";

/** That people are not to be disturbed with something, and until when. */
export interface Suppression {
  readonly because: SuppressionReason;
  /** Left out where no clock tells: until a recovery. */
  readonly until?: Instant;
}

/** That something about an incident was kept from people, noted at `at`, and until when it was to be; see `Hush`. */
export interface SuppressedNotification extends Suppression {
  readonly at: Instant;
}
