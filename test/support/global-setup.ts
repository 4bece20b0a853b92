import { Redis } from "ioredis";
import type { TestProject } from "vitest/node";
import { startRedis, type TestRedis } from "./redis.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The Redis that all tests of a run share, each under prefixes of its own. */
    redisUrl: string;
    /** The same as a cluster of one. */
    clusterUrl: string;
  }
}

/** Starts the servers that tests share; also sees to it that the machine has a Redis before test files start their own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const single = await startRedis();
  const cluster = await startCluster();
  project.provide("redisUrl", single.url);
  project.provide("clusterUrl", cluster.url);
  return async () => {
    await Promise.all([single.stop(), cluster.stop()]);
  };
}

/** A cluster takes commands two seconds after it has its slots: who needs it waits for that. */
async function startCluster(): Promise<TestRedis> {
  const server = await startRedis({ "cluster-enabled": "yes" });
  const redis = new Redis(server.url);
  await redis.cluster("ADDSLOTS", ...Array.from({ length: 16_384 }, (_, slot) => slot));
  redis.disconnect();
  return server;
}
