import type { Bot } from "../src/bot.ts";
import { PermanentError } from "../src/errors.ts";
import { announce } from "../src/pipeline/actions/announce-change.ts";
import { whileHeld } from "./held.ts";
import type { Queues } from "./queues.ts";
import { type Runtime, runWorker } from "./runner.ts";

/** Tells one change in the channels that it concerns; one that Slack refuses, not again within the hour. */
export const announceWorker = (bot: Bot, queues: Pick<Queues, "announceLater">, runtime: Runtime) =>
  runWorker("announce", runtime, async ({ changeId }, job) => {
    const announced = await announce(changeId, whileHeld(bot, job, runtime.pace.lock)).catch(
      async (error: unknown) => {
        if (error instanceof PermanentError) await queues.announceLater(changeId);
        throw error;
      },
    );
    for (const error of announced.refused) runtime.log.warn({ changeId, error }, "announce.refused");
    return announced;
  });
