import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { createBot } from "../../src/bot.ts";
import type { Config } from "../../src/config/config.ts";
import { createLog } from "../../src/log.ts";
import { startWorkers } from "../../workers/start.ts";
import { testPace } from "../support/stage.ts";

/** What the parent sends: first all of it, then the time whenever it changes. */
export interface Orders {
  readonly now: number;
  readonly start?: { readonly redisUrl: string; readonly config: Config };
}

/** So that what stays away is missed while the story still waits for it. */
const pace = { ...testPace, quietFor: 4_000, checkEvery: 250 };

// The whole bot in a process of its own, so that it can be killed as a machine would.
let now = 0;
// Nothing is left behind when the run ends early.
process.once("disconnect", () => process.exit());
process.on("message", async (orders: Orders) => {
  now = orders.now;
  if (!orders.start) return;
  const { redisUrl, config } = orders.start;
  const log = createLog("debug");
  const bot = createBot(config, connect(redisUrl, log), { clock: () => now, log });
  await startWorkers(bot, connect(redisUrl, log), log, pace);
  process.send?.("started");
});
