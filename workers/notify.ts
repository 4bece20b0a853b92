import type { Bot } from "../src/bot.ts";
import { notify } from "../src/pipeline/notify.ts";
import { whileHeld } from "./held.ts";
import { type Handle, type Runtime, runWorker } from "./runner.ts";

/** decide → render → post or edit: says what is to be said in one room. */
export const notifyJob =
  (bot: Bot, { log, pace }: Pick<Runtime, "log" | "pace">): Handle<"notify"> =>
  async ({ groupKey }, job) => {
    const decisions = await notify(groupKey, whileHeld(bot, job, pace.lock));
    for (const decision of decisions) log.info({ groupKey, ...decision }, "notify.decided");
    return { decisions };
  };

/** How many rooms are told at once: a message or a picture that Slack is slow to take holds up few others. */
const AT_ONCE = 5;

export const notifyWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("notify", runtime, notifyJob(bot, runtime), { concurrency: AT_ONCE });
