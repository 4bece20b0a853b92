import type { Bot } from "../../src/bot.ts";
import { PermanentError, TransientError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { calendarJob } from "../../workers/calendar.ts";
import { healthJob } from "../../workers/checks/health-monitor.ts";
import { collectJob } from "../../workers/collect.ts";
import { deliverJob } from "../../workers/deliver.ts";
import { evaluateJob } from "../../workers/evaluate.ts";
import { notifyJob } from "../../workers/notify.ts";
import type { Jobs } from "../../workers/queues.ts";
import type { Handle, RunningJob } from "../../workers/runner.ts";
import { tickJob } from "../../workers/tick.ts";
import { testPace } from "./stage.ts";

const log = createLog("silent");
const runtime = { log, pace: testPace };
const firstAttempt: RunningJob = {
  attemptsStarted: 1,
  updateProgress: async () => {},
  extendLock: async () => 1,
};

/**
 * What the workers do of one tick, by their own handlers, one job after the other in the order of the flow, so that the
 * same is said in the same order each time. What fails is left to the next tick.
 */
export async function workOnce(bot: Bot): Promise<void> {
  const jobs = {
    collect: new Map<string, Jobs["collect"]>(),
    evaluate: new Map<string, Jobs["evaluate"]>(),
    notify: new Map<string, Jobs["notify"]>(),
    deliver: new Map<string, Jobs["deliver"]>(),
    health: new Map<string, Jobs["health"]>(),
    calendar: new Map<string, Jobs["calendar"]>(),
  };
  const adding =
    <Data>(to: Map<string, Data>, dataOf: (id: string) => Data) =>
    async (ids: readonly string[]) => {
      for (const id of ids) to.set(id, dataOf(id));
    };
  const queues = {
    collect: adding(jobs.collect, (seriesId) => ({ seriesId })),
    probe: adding(jobs.collect, (seriesId) => ({ seriesId, isProbe: true as const })),
    evaluate: adding(jobs.evaluate, (seriesId) => ({ seriesId })),
    notify: adding(jobs.notify, (groupKey) => ({ groupKey })),
    deliver: adding(jobs.deliver, (destination) => ({ destination })),
    announce: async () => {},
    health: async () => void jobs.health.set("health", {}),
    calendar: adding(jobs.calendar, (channel) => ({ channel })),
  };
  const work = async <Name extends keyof typeof jobs>(kind: Name, handle: Handle<Name>) => {
    for (const data of jobs[kind].values()) {
      try {
        await handle(data as Jobs[Name], firstAttempt);
      } catch (error) {
        if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
      }
    }
  };
  await tickJob(bot, queues)({}, firstAttempt);
  await work("collect", collectJob(bot, queues, log));
  await work("evaluate", evaluateJob(bot, queues));
  await work("notify", notifyJob(bot, runtime));
  await work("deliver", deliverJob(bot, runtime));
  await work("health", healthJob(bot, queues, runtime));
  await work("calendar", calendarJob(bot, runtime));
}
