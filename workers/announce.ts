import type { Bot } from "../src/bot.ts";
import { announce } from "../src/pipeline/announcing.ts";
import { type Runtime, runWorker } from "./runner.ts";

/** Tells one change in the channels that it concerns. */
export const announceWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("announce", runtime, async ({ changeId }) => {
    const announced = await announce(changeId, bot);
    for (const error of announced.refused) runtime.log.warn({ changeId, error }, "announce.refused");
    return announced;
  });
