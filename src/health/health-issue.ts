import { type Instant, MINUTE } from "../time/time.ts";

/** What may keep Tidewatch from seeing, judging or telling. */
export const blindnessKinds = [
  "braze",
  "quota",
  "refused",
  "late",
  "unjudged",
  "behind",
  "channel",
  "message",
  "slack",
  "console",
  "redis",
  "writes",
  "schedule",
] as const;

export type BlindnessKind = (typeof blindnessKinds)[number];

/** Something that looks wrong at this moment. */
export interface Symptom {
  /** Made from what it names: `braze.main`, `late.ios`. */
  readonly id: string;
  readonly kind: BlindnessKind;
  /** What people call that which is not seen or not told: a workspace, watches, a channel. */
  readonly what: readonly string[];
  /** What is wrong, as a clause without a full stop. */
  readonly detail: string;
  /** What a person can do about it, as full sentences. */
  readonly advice: string;
  readonly since: Instant;
  /** How long it may last before it is said, in milliseconds: most of it passes by itself. */
  readonly grace: number;
}

/** What was last said of a blindness in one place. */
export interface SaidOfBlindness {
  /** What was wrong, in short, to be compared with what is. */
  readonly gist: string;
  readonly isOver: boolean;
  readonly at: Instant;
}

/** A symptom followed over time, with what was said of it: to the log, and to the ops channel. */
export interface Blindness extends Symptom {
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** When it was last seen, once it is believed to be over. */
  readonly overAt?: Instant;
  readonly logged?: SaidOfBlindness;
  readonly told?: SaidOfBlindness & { readonly channel: string; readonly ts: string };
}

/** How long a symptom stays away before the blindness is over: what flickers is one blindness. */
export const AWAY_FOR = 5 * MINUTE;

/** How long an edited message is left alone. */
export const EDIT_EVERY = 5 * MINUTE;

/** A blindness as it stands after one more look, or undefined while all is well. */
export function followBlindness(
  before: Blindness | undefined,
  symptom: Symptom | undefined,
  now: Instant,
): Blindness | undefined {
  if (!symptom) {
    if (!before || before.overAt !== undefined || now - before.lastSeen < AWAY_FOR) return before;
    return { ...before, overAt: before.lastSeen };
  }
  const isOver = before?.told ? before.told.isOver : before?.logged?.isOver;
  if (!before || isOver) return { ...symptom, firstSeen: now, lastSeen: now };
  const { overAt: _, logged, ...open } = before;
  const since = Math.min(open.since, symptom.since);
  // Logged as over it is logged anew; its message, which still says that it goes on, stays.
  return { ...open, ...(logged && !logged.isOver && { logged }), ...symptom, since, lastSeen: now };
}

/** Why a blindness is said; `updated` is an edit that notifies nobody. */
export type BlindnessReason = "opened" | "updated" | "resolved";

export type BlindnessDecision =
  | { readonly say: BlindnessReason }
  | { readonly stayQuiet: "may-pass" | "told-already" | "told-lately" | "never-told" };

/** Compares how a blindness stands with what was last said of it in one place. */
export function decideBlindness(
  blindness: Blindness,
  said: SaidOfBlindness | undefined,
  now: Instant,
): BlindnessDecision {
  if (blindness.overAt !== undefined) {
    if (!said) return { stayQuiet: "never-told" };
    return said.isOver ? { stayQuiet: "told-already" } : { say: "resolved" };
  }
  if (!said) {
    const mayPass = now - blindness.firstSeen < blindness.grace || blindness.lastSeen < now;
    return mayPass ? { stayQuiet: "may-pass" } : { say: "opened" };
  }
  if (said.gist === gistOf(blindness)) return { stayQuiet: "told-already" };
  return now - said.at < EDIT_EVERY ? { stayQuiet: "told-lately" } : { say: "updated" };
}

/** What of a blindness people would want to know had it changed. */
export const gistOf = ({ what, detail }: Symptom): string => [detail, ...what].join("\n");

/** Whether nothing is left to be said of it, so that it can be forgotten. */
export const isForgettable = ({ overAt, logged, told }: Blindness): boolean =>
  overAt !== undefined && logged?.isOver !== false && told?.isOver !== false;
