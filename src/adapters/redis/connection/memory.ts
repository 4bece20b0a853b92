import { totalmem } from "node:os";
import type { Redis } from "ioredis";
import type { MemoryGauge } from "../../../pipeline/ports/ops.ts";
import { mastersOf } from "./masters.ts";

/**
 * Reads from INFO how much memory Redis uses; managed services answer it even if they forbid CONFIG. Of a cluster, the
 * master nearest to its limit.
 */
export const redisMemory =
  (redis: Redis): MemoryGauge =>
  async () => {
    const each = await Promise.all(
      mastersOf(redis).map(async (master) => useOf(master, await master.info("memory"))),
    );
    // Another check reports a cluster without masters.
    return each.reduce((worst, use) => (fullness(use) > fullness(worst) ? use : worst), {
      used: 0,
      limit: 0,
    });
  };

/** The memory of this process's machine or container, in bytes. */
export const memoryHere = (): number => leastOf([totalmem(), process.constrainedMemory()]);

// A container without a limit reports 0, or more than there is.
const leastOf = (limits: readonly number[]): number => Math.min(...limits.filter((limit) => limit > 0));

/**
 * The memory available to a Redis, in bytes: that of its machine, from INFO, or less if it shares this process's
 * machine and so, most likely, its container. Infinity if unknown.
 */
export function memoryAround({ options: { host = "" } }: Redis, reported: number): number {
  const isHere = /^(127\.|localhost$|::1$)/.test(host);
  return leastOf(isHere ? [reported, memoryHere()] : [reported]);
}

function useOf(redis: Redis, info: string) {
  const field = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
  const machine = memoryAround(redis, field("total_system_memory"));
  // Without a limit of its own, Redis is killed by the kernel at the machine's.
  const limit = Math.min(field("maxmemory") || machine, machine);
  return { used: field("used_memory"), limit: Number.isFinite(limit) ? limit : 0 };
}

// Without limits, compare by bytes.
const fullness = ({ used, limit }: { used: number; limit: number }): number =>
  limit > 0 ? 1 + used / limit : used / Number.MAX_SAFE_INTEGER;
