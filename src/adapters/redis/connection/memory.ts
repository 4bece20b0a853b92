import { totalmem } from "node:os";
import type { Redis } from "ioredis";
import type { MemoryGauge } from "../../../pipeline/ports/ops.ts";
import { mastersOf } from "./masters.ts";

/**
 * Reads how much memory Redis uses from INFO, which managed services answer where they forbid CONFIG; of a cluster that
 * of the master which is nearest to its limit.
 */
export const redisMemory =
  (redis: Redis): MemoryGauge =>
  async () => {
    const each = await Promise.all(
      mastersOf(redis).map(async (master) => useOf(master, await master.info("memory"))),
    );
    // While a cluster has no masters, somebody else says so.
    return each.reduce((worst, use) => (fullness(use) > fullness(worst) ? use : worst), {
      used: 0,
      limit: 0,
    });
  };

/** How much memory this process's machine, or its container, has, in bytes. */
export const memoryHere = (): number => leastOf([totalmem(), process.constrainedMemory()]);

// A container without a limit is told as 0, or as more than there is.
const leastOf = (limits: readonly number[]): number => Math.min(...limits.filter((limit) => limit > 0));

/**
 * How much memory there is where a Redis runs, in bytes: of its machine, as Redis tells it, or less where it shares this
 * process's machine and so, most likely, its container. Infinity where nobody tells.
 */
export function memoryAround({ options: { host = "" } }: Redis, lastNotified: number): number {
  const isHere = /^(127\.|localhost$|::1$)/.test(host);
  return leastOf(isHere ? [lastNotified, memoryHere()] : [lastNotified]);
}

function useOf(redis: Redis, info: string) {
  const field = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
  const machine = memoryAround(redis, field("total_system_memory"));
  // Without a limit of its own, Redis is killed by the kernel at that of its machine.
  const limit = Math.min(field("maxmemory") || machine, machine);
  return { used: field("used_memory"), limit: Number.isFinite(limit) ? limit : 0 };
}

// Where there is no limit, the bytes still tell who has the most.
const fullness = ({ used, limit }: { used: number; limit: number }): number =>
  limit > 0 ? 1 + used / limit : used / Number.MAX_SAFE_INTEGER;
