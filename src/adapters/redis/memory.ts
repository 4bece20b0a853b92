import type { Redis } from "ioredis";
import type { MemoryGauge } from "../../pipeline/ports/ops.ts";

/** Reads how much memory Redis uses from INFO, which managed services answer where they forbid CONFIG. */
export const redisMemory =
  (redis: Redis): MemoryGauge =>
  async () => {
    const info = await redis.info("memory");
    const field = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
    return { used: field("used_memory"), limit: field("maxmemory") };
  };
