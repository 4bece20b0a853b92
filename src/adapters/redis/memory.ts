import type { Redis } from "ioredis";
import type { MemoryGauge } from "../../pipeline/ports/ops.ts";
import { mastersOf } from "./masters.ts";

/**
 * Reads how much memory Redis uses from INFO, which managed services answer where they forbid CONFIG; of a cluster that
 * of the master which is nearest to its limit.
 */
export const redisMemory =
  (redis: Redis): MemoryGauge =>
  async () => {
    const each = await Promise.all(
      mastersOf(redis).map(async (master) => useOf(await master.info("memory"))),
    );
    // While a cluster has no masters, somebody else says so.
    return each.reduce((worst, use) => (fullness(use) > fullness(worst) ? use : worst), {
      used: 0,
      limit: 0,
    });
  };

function useOf(info: string) {
  const field = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
  return { used: field("used_memory"), limit: field("maxmemory") };
}

// Where there is no limit, the bytes still tell who has the most.
const fullness = ({ used, limit }: { used: number; limit: number }): number =>
  limit > 0 ? 1 + used / limit : used / Number.MAX_SAFE_INTEGER;
