import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { createBot } from "../../src/bot.ts";
import type { Config } from "../../src/config/config.ts";
import { createLog } from "../../src/log.ts";
import { defaultPace } from "../../workers/runner.ts";
import { startWorkers } from "../../workers/start.ts";

/** What the parent sends: first all of it, then the time whenever it changes, or a question. */
export type Order =
  | { readonly now: number; readonly start?: { readonly redisUrl: string; readonly config: Config } }
  | "memory";

/** What is in use after all that is not was let go, in bytes. */
export interface Memory {
  readonly heap: number;
  readonly resident: number;
}

// The whole bot in a process of its own, at the pace at which jobs are kept and tried again in earnest, but hurried.
let now = 0;
process.on("message", async (order: Order) => {
  if (order === "memory") {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    return void process.send?.({ heap: heapUsed, resident: rss } satisfies Memory);
  }
  now = order.now;
  if (!order.start) return;
  const { redisUrl, config } = order.start;
  const log = createLog("warn");
  const bot = createBot(config, connect(redisUrl, log), { clock: () => now, log });
  await startWorkers(bot, connect(redisUrl, log), log, { ...defaultPace, tickEvery: 250, groupWait: 0 });
});
