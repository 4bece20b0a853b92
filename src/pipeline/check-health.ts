import { pastRefusals } from "../health/checks/slack.ts";
import { type CheckFailure, checkFailuresOf } from "../health/checks.ts";
import type { Facts } from "../health/facts.ts";
import { groupCheckFailures } from "../health/group-failures.ts";
import {
  decideHealthIssue,
  followHealthIssue,
  gistOf,
  type HealthIssue,
  type HealthIssueDecision,
  type HealthIssueReason,
  isForgettable,
  isListed,
} from "../health/health-issue.ts";
import type { Instant } from "../time/time.ts";
import type { Context } from "./context.ts";
import { notifyIssue, placeOf, postedIn } from "./health/notify-issue.ts";
import { takeSnapshot } from "./health/snapshot.ts";
import { eachAlone } from "./notifying/each-alone.ts";

/** What the health monitor found. */
export interface HealthReport {
  readonly facts: Facts;
  /** The health issues at present. */
  readonly openIssues: readonly HealthIssue[];
  /** Errors of posts that failed. */
  readonly failure?: unknown;
}

/**
 * Runs the health checks and posts each health issue once when it opens and once when it resolves. Calls `log` before
 * anything is posted, since Slack may be what fails.
 */
export async function checkHealth(
  context: Context,
  log: (reason: HealthIssueReason, healthIssue: HealthIssue) => unknown,
): Promise<HealthReport> {
  const { healthIssues } = context;
  const stored = await healthIssues.all();
  const known = new Map(stored.map((healthIssue) => [healthIssue.id, healthIssue]));
  const facts = await takeSnapshot(context, stored);
  const checkFailures = new Map(
    groupCheckFailures(checkFailuresOf(facts), known).map((checkFailure) => [checkFailure.id, checkFailure]),
  );

  const { now } = facts;
  const followed: HealthIssue[] = [];
  for (const id of new Set([...known.keys(), ...checkFailures.keys()])) {
    const healthIssue = await follow(id, checkFailures.get(id), now, context, log);
    if (healthIssue) followed.push(healthIssue);
  }
  for (const name of pastRefusals(facts.failures, now)) await context.failures.clear(name);
  // Posts only after all issues are stored. A failed post does not hold up the others.
  const posting = eachAlone(followed, async (healthIssue) => {
    const posted = await notifyIssue(healthIssue, now, context);
    if (!posted || !isForgettable(posted)) return;
    // It may have begun anew since.
    await healthIssues.update(posted.id, (stored) =>
      stored && isForgettable(postedIn(placeOf(stored, context), stored)) ? undefined : stored,
    );
  });
  const failure = await posting.then(
    () => undefined,
    (error: unknown) => error,
  );
  const openIssues = followed.filter(isListed);
  return { facts, openIssues, ...(failure !== undefined && { failure }) };
}

/**
 * Reports a health issue that a process found by itself, without waiting for the health monitor, which will later
 * resolve it.
 */
export async function reportIssue(
  checkFailure: CheckFailure,
  context: Context,
  log: (reason: HealthIssueReason, healthIssue: HealthIssue) => unknown,
): Promise<void> {
  const now = context.clock();
  const healthIssue = await follow(checkFailure.id, checkFailure, now, context, log);
  if (healthIssue) await notifyIssue(healthIssue, now, context);
}

/** Stores how a health issue stands after one more check, and logs it if that is to be logged. */
async function follow(
  id: string,
  checkFailure: CheckFailure | undefined,
  now: Instant,
  { healthIssues }: Context,
  log: (reason: HealthIssueReason, healthIssue: HealthIssue) => unknown,
): Promise<HealthIssue | undefined> {
  let decision: HealthIssueDecision | undefined;
  const stored = await healthIssues.update(id, (before) => {
    const healthIssue = followHealthIssue(before, checkFailure, now);
    decision = healthIssue && decideHealthIssue(healthIssue, healthIssue.logged, now);
    if (!healthIssue || !decision || !("notify" in decision)) return healthIssue;
    const isOver = decision.notify === "resolved";
    return { ...healthIssue, logged: { gist: gistOf(healthIssue), isOver, at: now } };
  });
  if (stored && decision && "notify" in decision) log(decision.notify, stored);
  return stored;
}
