import { startRedis } from "./redis.ts";

/** Sees to it that the machine has a Redis before the test files, side by side, each start one. */
export async function setup(): Promise<void> {
  await (await startRedis()).stop();
}
