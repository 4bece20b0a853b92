import type { Instant } from "../time/time.ts";

/** Why people must not be notified of something at present. */
export type SuppressionReason = "muted" | "quiet-hours";

/** Why people must not be notified, and until when. */
export interface Suppression {
  readonly because: SuppressionReason;
  /** Left out when no instant is known: until a recovery. */
  readonly until?: Instant;
  /** Who muted it. */
  readonly by?: string;
}

/** A suppression that took effect, at `at`. */
export interface SuppressedNotification extends Omit<Suppression, "by"> {
  readonly at: Instant;
}
