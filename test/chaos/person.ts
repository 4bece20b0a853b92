import { once } from "node:events";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { createBot } from "../../src/bot.ts";
import type { Config } from "../../src/config/config.ts";
import { InputError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { type Ask, asks } from "./asks.ts";

/** What the parent sends: first all of it; anything further means that it may begin. */
export interface Wish {
  readonly now: number;
  readonly redisUrl: string;
  readonly config: Config;
  readonly ask: Ask;
  readonly by: string;
}

// Somebody who changes a setting, in a process of their own, so that it can end between any two commands to Redis.
// Nothing is left behind when the run ends early.
process.once("disconnect", () => process.exit());
const [{ now, redisUrl, config, ask, by }] = (await once(process, "message")) as [Wish];
const log = createLog("silent");
const redis = connect(redisUrl, log);
const bot = createBot(config, redis, { clock: () => now, log });
await redis.ping();
process.send?.("ready");
await once(process, "message");
try {
  await asks[ask](bot, by);
  process.send?.("done", () => process.exit());
} catch (error) {
  // What makes no sense in the meantime, such as to take back what was removed, is refused.
  process.send?.(error instanceof InputError ? "refused" : String(error), () => process.exit());
}
