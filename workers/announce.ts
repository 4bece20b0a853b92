import type { Bot } from "../src/bot.ts";
import { announceChange } from "../src/pipeline/changes/announce-change.ts";
import { whileHeld } from "./held.ts";
import { type Runtime, runWorker } from "./runner.ts";

/** Announces one change in the channels that it concerns. */
export const announceWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("announce", runtime, async ({ changeId }, job) => {
    const announced = await announceChange(changeId, whileHeld(bot, job, runtime.pace.lock));
    for (const error of announced.refused) runtime.log.warn({ changeId, error }, "announce.refused");
    return announced;
  });
