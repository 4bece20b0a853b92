import { count } from "../text/numbers.ts";
import type { Part, Text } from "../text/text.ts";
import { type Instant, MINUTE, type Unit } from "../time/time.ts";
import type { Facts, KnownFailure } from "./facts.ts";

/** What a health check finds wrong. */
export interface Failing {
  /** Its subject, for the id: a workspace, a watch, a channel. Left out where there is only one. */
  readonly of?: string;
  /** The names of what is affected: a workspace, watches, a channel. */
  readonly what: readonly string[];
  /** What is wrong, as a clause without a full stop. */
  readonly detail: string;
  /** What a person can do about it, as full sentences. */
  readonly advice: string;
  readonly since: Instant;
  /** How many due buckets were not evaluated because of it. */
  readonly missed?: { readonly buckets: number; readonly unit: Unit };
  /** @default the grace period of the check */
  readonly grace?: number;
}

/** One row of the table of health checks: what it reads, when it fails, and its words. */
export interface HealthCheck {
  /** What is wrong at present; the type of its argument says what the check reads. */
  readonly failing: (facts: Facts) => readonly Failing[];
  /** What is wrong in a few words, from the first of the affected names and their number. */
  readonly title: (first: Part, howMany: number) => Text;
  /** What follows from it, and what does not. */
  readonly consequence: string;
  /** What is the case while the check passes. */
  readonly passing: string;
  /** How long it may fail before people are notified, in milliseconds: most failures pass by themselves. */
  readonly grace: number;
  /** Whether many failures share a message, since they mostly have one cause. */
  readonly isGrouped?: true;
  /** Whether one quiet line in the channel that it is about tells of it, and nothing in the ops channel. */
  readonly isNotice?: true;
  /** Whether Tidewatch cannot do its work meanwhile: then it is not ready. */
  readonly isVital?: true;
  /** Whether it mostly passes by itself, so that the doctor calls it worth knowing and not wrong. */
  readonly mayPass?: true;
}

/** A clear refusal needs at most a second look. */
export const CLEAR = 2 * MINUTE;

/** What a check finds wrong, from a recorded failure. */
export const recorded = (
  { message, advice, since }: KnownFailure,
  what: readonly string[],
  of?: string,
): Failing => ({ ...(of !== undefined && { of }), what, detail: message, advice, since });

/** A number with a noun, or the only name. */
export const nameOr = (first: Part, howMany: number, noun: "series" | "watches"): Part =>
  howMany === 1 ? first : `${count(howMany)} ${noun}`;
