import { type Instant, MINUTE } from "../time/time.ts";
import { type CheckFailure, isNotice } from "./checks.ts";

/** What was last logged or posted of a health issue. */
export interface HealthIssueNotified {
  /** What was wrong, in short, for comparison. */
  readonly gist: string;
  readonly isOver: boolean;
  readonly at: Instant;
}

/** A failed check followed over time, with what was last logged and posted of it. */
export interface HealthIssue extends CheckFailure {
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** When it was last seen; set once it counts as over. */
  readonly overAt?: Instant;
  readonly logged?: HealthIssueNotified;
  readonly lastNotified?: HealthIssueNotified & { readonly channel: string; readonly ts: string };
}

/** Whether it is listed where people look for what is wrong; a notice only tells of what others explain. */
export const isListed = (healthIssue: HealthIssue): boolean =>
  healthIssue.overAt === undefined && !isNotice(healthIssue);

/** How long a check must pass before its health issue is over, so that a flickering check is one issue. */
export const AWAY_FOR = 5 * MINUTE;

/** The least time between two edits of a message. */
export const EDIT_EVERY = 5 * MINUTE;

/** A health issue after one more check, or undefined if there is none. */
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
  const missed = mostMissed(open, checkFailure);
  // Logged as over, it is logged anew; its message, which still shows it as open, stays.
  return {
    ...open,
    ...(logged && !logged.isOver && { logged }),
    ...checkFailure,
    ...missed,
    since,
    lastSeen: now,
  };
}

// While buckets are caught up, fewer are left.
const mostMissed = (...failures: readonly CheckFailure[]): Pick<CheckFailure, "missed"> => {
  const missed = failures.flatMap((one) => one.missed ?? []).toSorted((a, b) => b.buckets - a.buckets)[0];
  return missed ? { missed } : {};
};

/** Why a health issue is posted; `updated` is an edit that notifies nobody. */
export type HealthIssueReason = "opened" | "updated" | "resolved";

export type HealthIssueDecision =
  | { readonly notify: HealthIssueReason }
  | { readonly suppress: "may-pass" | "already-notified" | "edited-lately" | "never-notified" };

/** Compares a health issue with what was last logged or posted of it. */
export function decideHealthIssue(
  healthIssue: HealthIssue,
  last: HealthIssueNotified | undefined,
  now: Instant,
): HealthIssueDecision {
  if (healthIssue.overAt !== undefined) {
    if (!last) return { suppress: "never-notified" };
    return last.isOver ? { suppress: "already-notified" } : { notify: "resolved" };
  }
  if (!last) {
    const mayPass = now - healthIssue.firstSeen < healthIssue.grace || healthIssue.lastSeen < now;
    return mayPass ? { suppress: "may-pass" } : { notify: "opened" };
  }
  if (last.gist === gistOf(healthIssue)) return { suppress: "already-notified" };
  return now - last.at < EDIT_EVERY ? { suppress: "edited-lately" } : { notify: "updated" };
}

/** The part of a health issue whose change is worth an edit. */
export const gistOf = ({ what, detail }: CheckFailure): string => [detail, ...what].join("\n");

/** Whether its end was logged and posted, so that it can be deleted. */
export const isForgettable = ({ overAt, logged, lastNotified }: HealthIssue): boolean =>
  overAt !== undefined && logged?.isOver !== false && lastNotified?.isOver !== false;
