import type { Bot } from "../src/bot.ts";
import { notify } from "../src/pipeline/notify.ts";
import { whileHeld } from "./held.ts";
import { type Runtime, runWorker } from "./runner.ts";

/** decide → render → post or edit: says what is to be said in one room. */
export const notifyWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("notify", runtime, async ({ room }, job) => {
    const decisions = await notify(room, whileHeld(bot, job, runtime.pace.lock));
    for (const decision of decisions) runtime.log.info({ room, ...decision }, "notify.decided");
    return { decisions };
  });
