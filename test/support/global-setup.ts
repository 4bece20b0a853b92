import type { TestProject } from "vitest/node";
import { startRedis } from "./redis.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The Redis that all tests of a run share, each under prefixes of its own. */
    redisUrl: string;
  }
}

/** Starts the Redis that tests share; also sees to it that the machine has one before test files start their own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startRedis();
  project.provide("redisUrl", url);
  return stop;
}
