import { type Instant, MINUTE } from "../time/time.ts";

/** What may keep Tidewatch from seeing, evaluating or telling. */
export const healthIssueKinds = [
  "braze",
  "quota",
  "refused",
  "late",
  "not-evaluated",
  "behind",
  "channel",
  "message",
  "slack",
  "console",
  "redis",
  "writes",
  "schedule",
] as const;

export type HealthIssueKind = (typeof healthIssueKinds)[number];

/** Something that looks wrong at this moment. */
export interface CheckFailure {
  /** Made from what it names: `braze.main`, `late.ios`. */
  readonly id: string;
  readonly kind: HealthIssueKind;
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

/** What was last said of a health issue in one place. */
export interface HealthIssueNotified {
  /** What was wrong, in short, to be compared with what is. */
  readonly gist: string;
  readonly isOver: boolean;
  readonly at: Instant;
}

/** A failed check followed over time, with what was said of it: to the log, and to the ops channel. */
export interface HealthIssue extends CheckFailure {
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** When it was last seen, once it is believed to be over. */
  readonly overAt?: Instant;
  readonly logged?: HealthIssueNotified;
  readonly lastNotified?: HealthIssueNotified & { readonly channel: string; readonly ts: string };
}

/** How long a failed check stays away before the health issue is over: what flickers is one health issue. */
export const AWAY_FOR = 5 * MINUTE;

/** How long an edited message is left alone. */
export const EDIT_EVERY = 5 * MINUTE;

/** A health issue as it stands after one more look, or undefined while all is well. */
export function followHealthIssue(
  before: HealthIssue | undefined,
  checkFailure: CheckFailure | undefined,
  now: Instant,
): HealthIssue | undefined {
  if (!checkFailure) {
    if (!before || before.overAt !== undefined || now - before.lastSeen < AWAY_FOR) return before;
    return { ...before, overAt: before.lastSeen };
  }
  const isOver = before?.lastNotified ? before.lastNotified.isOver : before?.logged?.isOver;
  if (!before || isOver) return { ...checkFailure, firstSeen: now, lastSeen: now };
  const { overAt: _, logged, ...open } = before;
  const since = Math.min(open.since, checkFailure.since);
  // Logged as over it is logged anew; its message, which still says that it goes on, stays.
  return { ...open, ...(logged && !logged.isOver && { logged }), ...checkFailure, since, lastSeen: now };
}

/** Why a health issue is said; `updated` is an edit that notifies nobody. */
export type HealthIssueReason = "opened" | "updated" | "resolved";

export type HealthIssueDecision =
  | { readonly notify: HealthIssueReason }
  | { readonly suppress: "may-pass" | "already-notified" | "told-lately" | "never-told" };

/** Compares how a health issue stands with what was last said of it in one place. */
export function decideHealthIssue(
  healthIssue: HealthIssue,
  said: HealthIssueNotified | undefined,
  now: Instant,
): HealthIssueDecision {
  if (healthIssue.overAt !== undefined) {
    if (!said) return { suppress: "never-told" };
    return said.isOver ? { suppress: "already-notified" } : { notify: "resolved" };
  }
  if (!said) {
    const mayPass = now - healthIssue.firstSeen < healthIssue.grace || healthIssue.lastSeen < now;
    return mayPass ? { suppress: "may-pass" } : { notify: "opened" };
  }
  if (said.gist === gistOf(healthIssue)) return { suppress: "already-notified" };
  return now - said.at < EDIT_EVERY ? { suppress: "told-lately" } : { notify: "updated" };
}

/** What of a health issue people would want to know had it changed. */
export const gistOf = ({ what, detail }: CheckFailure): string => [detail, ...what].join("\n");

/** Whether nothing is left to be said of it, so that it can be forgotten. */
export const isForgettable = ({ overAt, logged, lastNotified }: HealthIssue): boolean =>
  overAt !== undefined && logged?.isOver !== false && lastNotified?.isOver !== false;
