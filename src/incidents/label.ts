import type { Instant } from "../time/time.ts";

/**
 * Feedback on an incident: `real` (something broke), `expected` (a campaign, a holiday), `false-alarm` (nothing was
 * wrong), `new-normal` (the level has changed for good).
 */
export type Label = "real" | "expected" | "false-alarm" | "new-normal";

/** A label, with who gave it and when. */
export interface Labelling {
  readonly label: Label;
  readonly by: string;
  readonly at: Instant;
}
