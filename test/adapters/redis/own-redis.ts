import { Redis } from "ioredis";
import { afterAll, beforeAll } from "vitest";
import { startRedis, type TestRedis } from "../../support/redis.ts";

/** A Redis of one test file's own and a connection to it, there before its first test and gone after its last. */
export interface OwnRedis {
  readonly server: TestRedis;
  readonly redis: Redis;
}

/** Registers what starts and ends it; called once, outside of tests. */
export function ownRedis(): OwnRedis {
  const own = {} as { server: TestRedis; redis: Redis };
  beforeAll(async () => {
    own.server = await startRedis();
    own.redis = new Redis(own.server.url);
  });
  afterAll(async () => {
    own.redis.disconnect();
    await own.server.stop();
  });
  return own;
}
