import type { Redis } from "ioredis";

/** One thing that was looked at, and what to do when it is not right. */
export interface Check {
  readonly ok: boolean;
  readonly what: string;
  readonly advice?: string;
}

/** Whether Redis keeps what it is given: version, persistence, eviction policy, memory. */
export async function checkRedis(redis: Redis): Promise<Check[]> {
  const info = fieldsOf(await redis.info());
  const appendonly = info.get("aof_enabled") === "1";
  const policy = info.get("maxmemory_policy");
  const [major = 0, minor = 0] = (info.get("redis_version") ?? "").split(".").map(Number);
  const limit = Number(info.get("maxmemory") ?? 0);
  const used = Number(info.get("used_memory") ?? 0);
  return [
    check(
      major > 6 || (major === 6 && minor >= 2),
      `Redis is version ${info.get("redis_version") ?? "unknown"}`,
      "Use Redis 6.2 or newer, or Valkey.",
    ),
    check(
      appendonly,
      `Redis ${appendonly ? "appends to disk" : "does not append to disk"}`,
      "Set appendonly yes: what was said and what is watched would be lost with a restart.",
    ),
    check(
      policy === "noeviction",
      `Redis' eviction policy is ${policy ?? "unknown"}`,
      "Set maxmemory-policy noeviction: any other drops jobs and watches when memory runs short.",
    ),
    check(
      limit === 0 || used < 0.8 * limit,
      `Redis uses ${megabytes(used)} of ${limit === 0 ? "no limit" : megabytes(limit)}`,
      "Raise maxmemory: at its limit Redis refuses to write, and nothing is judged any more.",
    ),
  ];
}

const check = (ok: boolean, what: string, advice: string): Check =>
  ok ? { ok, what } : { ok, what, advice };

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

/** Reads the lines of INFO, which managed services answer where they forbid CONFIG. */
const fieldsOf = (info: string): Map<string, string> =>
  new Map(
    info
      .split(/\r?\n/)
      .map((line) => line.split(":", 2))
      .filter((parts): parts is [string, string] => parts.length === 2),
  );
