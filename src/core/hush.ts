import type { Instant } from "./time.ts";

/** Why people are not to be disturbed with something at present. */
export type HushReason = "muted" | "quiet-hours";

/** That people are not to be disturbed with something, and until when. */
export interface Hush {
  readonly because: HushReason;
  /** Left out where no clock tells: until a recovery. */
  readonly until?: Instant;
}

/** That something about an incident was kept from people, last at `at`. */
export interface Withheld {
  readonly because: HushReason;
  readonly at: Instant;
}
