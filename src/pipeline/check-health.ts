import { checkFailuresOf, type Facts } from "../health/checks.ts";
import { groupCheckFailures } from "../health/gather-findings.ts";
import {
  type CheckFailure,
  decideHealthIssue,
  followHealthIssue,
  gistOf,
  type HealthIssue,
  type HealthIssueReason,
  isForgettable,
} from "../health/health-issue.ts";
import { pastRefusals } from "../health/refusal-checks.ts";
import type { Instant } from "../time/time.ts";
import { type NotifyOpsDeps, notifyOps } from "./health/notify-ops.ts";
import { type SnapshotDeps, takeSnapshot } from "./health/snapshot.ts";
import { eachAlone } from "./notifying/each-alone.ts";
import type { FailureStore, HealthIssueStore } from "./ports/ops.ts";

export interface CheckHealthDeps extends SnapshotDeps, NotifyOpsDeps {
  readonly healthIssues: HealthIssueStore;
  readonly failures: Pick<FailureStore, "all" | "clear">;
}

export interface Watched {
  readonly facts: Facts;
  /** What stands at present. */
  readonly blind: readonly HealthIssue[];
  /** Why something of it could not be posted. */
  readonly failure?: unknown;
}

/**
 * Looks whether anything keeps Tidewatch from seeing or telling, and says once that it does, and once that it does no
 * longer. What is to be logged is handed to `log` before anything is posted, since Slack may be what is gone.
 */
export async function checkHealth(
  deps: CheckHealthDeps,
  log: (reason: HealthIssueReason, healthIssue: HealthIssue) => unknown,
): Promise<Watched> {
  const { healthIssues } = deps;
  const known = new Map((await healthIssues.all()).map((healthIssue) => [healthIssue.id, healthIssue]));
  const open = [...known.values()].filter(({ overAt }) => overAt === undefined);
  const facts = await takeSnapshot(deps, new Set(open.map(({ id }) => id)), deps.ops.channel);
  const checkFailures = new Map(
    groupCheckFailures(checkFailuresOf(facts), known).map((checkFailure) => [checkFailure.id, checkFailure]),
  );

  const { now } = facts;
  const followed: HealthIssue[] = [];
  for (const id of new Set([...known.keys(), ...checkFailures.keys()])) {
    const healthIssue = followHealthIssue(known.get(id), checkFailures.get(id), now);
    if (healthIssue) followed.push(await note(healthIssue, now, deps, log));
  }
  for (const name of pastRefusals(facts.failures, now)) await deps.failures.clear(name);
  // Only after all is noted. What cannot be posted of one keeps nobody from hearing of the others.
  const lastNotified = eachAlone(followed, async (healthIssue) => {
    const lastNotified = await notifyOps(healthIssue, now, deps);
    if (isForgettable(lastNotified)) await healthIssues.remove(lastNotified.id);
  });
  const failure = await lastNotified.then(
    () => undefined,
    (error: unknown) => error,
  );
  const blind = followed.filter(({ overAt }) => overAt === undefined);
  return { facts, blind, ...(failure !== undefined && { failure }) };
}

/**
 * Says that something is wrong which a process found out by itself, without waiting for a round of the health monitor; that
 * it is over is said by the rounds that follow.
 */
export async function reportIssue(
  checkFailure: CheckFailure,
  deps: CheckHealthDeps,
  log: (reason: HealthIssueReason, healthIssue: HealthIssue) => unknown,
): Promise<void> {
  const now = deps.clock();
  const known = (await deps.healthIssues.all()).find(({ id }) => id === checkFailure.id);
  await notifyOps(await note(followHealthIssue(known, checkFailure, now)!, now, deps, log), now, deps);
}

/** Logs what is to be said, and keeps how it stands. */
async function note(
  healthIssue: HealthIssue,
  at: Instant,
  { healthIssues }: CheckHealthDeps,
  log: (reason: HealthIssueReason, healthIssue: HealthIssue) => unknown,
): Promise<HealthIssue> {
  const decision = decideHealthIssue(healthIssue, healthIssue.logged, at);
  let noted = healthIssue;
  if ("notify" in decision) {
    log(decision.notify, healthIssue);
    noted = {
      ...healthIssue,
      logged: { gist: gistOf(healthIssue), isOver: decision.notify === "resolved", at },
    };
  }
  await healthIssues.save(noted);
  return noted;
}
