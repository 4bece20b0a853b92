import type { Bot } from "../src/bot.ts";
import { notify } from "../src/pipeline/notify.ts";
import { whileHeld } from "./held.ts";
import { type Handle, type Runtime, runWorker } from "./runner.ts";

/** decide → render → post or edit: posts the notifications of one group key. */
export const notifyJob =
  (bot: Bot, { log, pace }: Pick<Runtime, "log" | "pace">): Handle<"notify"> =>
  async ({ groupKey }, job) => {
    const decisions = await notify(groupKey, whileHeld(bot, job, pace.lock));
    for (const decision of decisions) log.info({ groupKey, ...decision }, "notify.decided");
    return { decisions };
  };

/** How many group keys are notified at once, so that a slow message or upload delays few others. */
const AT_ONCE = 5;

export const notifyWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("notify", runtime, notifyJob(bot, runtime), { concurrency: AT_ONCE });
