import type { Bot } from "../src/bot.ts";
import { deliver } from "../src/pipeline/deliver.ts";
import { type Handle, type Runtime, runWorker } from "./runner.ts";

/** Sends to one destination outside Slack what its routes say. */
export const deliverJob =
  (bot: Bot, { log }: Pick<Runtime, "log">): Handle<"deliver"> =>
  async ({ destination }) => {
    const delivered = await deliver(destination, bot);
    for (const one of delivered) log.info({ destination, ...one }, "deliver.sent");
    return { delivered };
  };

/** Enough that a destination that hangs delays no other. */
const AT_ONCE = 20;

export const deliverWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("deliver", runtime, deliverJob(bot, runtime), { concurrency: AT_ONCE });
