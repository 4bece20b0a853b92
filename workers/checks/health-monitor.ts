import type { Bot } from "../../src/bot.ts";
import { PermanentError } from "../../src/errors.ts";
import type { HealthIssue, HealthIssueReason } from "../../src/health/health-issue.ts";
import type { Log } from "../../src/log.ts";
import { dailyChangesDue } from "../../src/pipeline/changes/list-changes.ts";
import { checkHealth } from "../../src/pipeline/check-health.ts";
import { reportDailyStatus } from "../../src/pipeline/health/daily-status.ts";
import { type HeartbeatSent, sendHeartbeat } from "../../src/pipeline/health/heartbeat.ts";
import { eventRemindersToPost } from "../../src/pipeline/reports/remind-of-events.ts";
import { reviewsDue } from "../../src/pipeline/reports/weekly-review.ts";
import { whileHeld } from "../held.ts";
import type { Queues } from "../queues.ts";
import { type Handle, type Runtime, runWorker } from "../runner.ts";

/** After each tick: posts health issues, posts the daily status, and calls the heartbeat. */
export const healthJob = (
  bot: Bot,
  queues: Pick<Queues, "calendar">,
  { log, pace }: Pick<Runtime, "log" | "pace">,
): Handle<"health"> => {
  const logHeartbeat = heartbeatLog(log);
  return async (_, job) => {
    const held = whileHeld(bot, job, pace.lock);
    // Before anything is posted in the ops channel, so that a missing ops channel does not delay the others.
    const planned = (await eventRemindersToPost(bot)).map(({ channel }) => channel);
    const changed = (await dailyChangesDue(bot)).map(({ channel }) => channel);
    const due = new Set([...planned, ...changed, ...(await reviewsDue(bot))]);
    const failures = await bot.failures.all();
    const refusing = new Set([...failures.values()].map(({ refused }) => refused?.place));
    await queues.calendar([...due], (channel) => failures.has(channel) || refusing.has(channel));
    try {
      const { facts, openIssues, failure } = await checkHealth(held, (reason, healthIssue) =>
        logHealthIssue(reason, healthIssue, log),
      );
      const status = await reportDailyStatus(openIssues.length, held);
      if (status) log.info({ ...status }, "ops.daily-status");
      // The heartbeat is called only while everything can be posted.
      if (failure !== undefined) throw failure;
      const heartbeat = await sendHeartbeat(facts, bot);
      logHeartbeat(heartbeat);
      return { openIssues: openIssues.map(({ id }) => id), heartbeat };
    } catch (error) {
      // A channel that accepts nothing is a health issue itself, logged by the next check.
      if (error instanceof PermanentError && /^slack-(destination|workspace|rejected)$/.test(error.failure))
        return { notPosted: error.message };
      throw error;
    }
  };
};

export const healthWorker = (bot: Bot, queues: Queues, runtime: Runtime) =>
  runWorker("health", runtime, healthJob(bot, queues, runtime));

const events = { opened: "ops.blind", updated: "ops.blind-still", resolved: "ops.seeing" } as const;

/** Logs what happened to a health issue. */
export function logHealthIssue(reason: HealthIssueReason, healthIssue: HealthIssue, log: Log): void {
  const { id, what, detail, advice, since } = healthIssue;
  const fields = { healthIssue: id, what, detail, since: new Date(since).toISOString() };
  if (reason === "resolved") log.info(fields, events.resolved);
  else log.warn({ ...fields, advice }, events[reason]);
}

/** Logs once that the heartbeat fails, and once that it works again. */
function heartbeatLog(log: Log): (heartbeat: HeartbeatSent) => void {
  let isFailing = false;
  return (heartbeat) => {
    if (!heartbeat || "held" in heartbeat) return;
    if (heartbeat.failed && !isFailing) {
      const advice = "Check HEARTBEAT_URL, and that this machine reaches it.";
      log.warn({ error: heartbeat.failed, advice }, "heartbeat.failed");
    }
    if (!heartbeat.failed && isFailing) log.info("heartbeat.back");
    isFailing = heartbeat.failed !== undefined;
  };
}
