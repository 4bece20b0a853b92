import type { Redis } from "ioredis";
import { FULL, RAISE_MAXMEMORY } from "../../../health/checks/runtime.ts";
import { keysOf } from "../keys.ts";
import { mastersOf } from "./masters.ts";
import { memoryAround } from "./memory.ts";

/** The result of one check, and what to do when it is not right or could not be seen. */
export interface Check {
  readonly ok: boolean;
  /** False if Redis did not allow the look. */
  readonly isSeen: boolean;
  readonly what: string;
  readonly advice?: string;
}

/**
 * Whether Redis keeps its data: version, persistence, eviction policy, memory; of a cluster, the worst of its masters.
 * Managed services forbid CONFIG, some also INFO: the result says so, and nothing is thrown. Waits while Redis is gone.
 */
export async function checkRedis(redis: Redis): Promise<Check[]> {
  // A cluster's masters are unknown until it answers. A PING would be refused where writes are.
  await redis.exists(keysOf("tidewatch").version());
  const [first, ...others] = await Promise.all(mastersOf(redis).map(checkServer));
  return (first ?? []).map((check, i) => others.map((checks) => checks[i]!).find(({ ok }) => !ok) ?? check);
}

async function checkServer(redis: Redis): Promise<Check[]> {
  const info = fieldsOf(await redis.info().catch(() => ""));
  const setting = async (field: string, name: string) =>
    info.get(field) ?? ((await redis.config("GET", name).catch(() => [])) as string[])[1];

  const version = info.get("redis_version");
  const appends = await setting("aof_enabled", "appendonly");
  const policy = await setting("maxmemory_policy", "maxmemory-policy");
  const limit = Number(await setting("maxmemory", "maxmemory"));
  const used = Number(info.get("used_memory"));
  const machine = memoryAround(redis, Number(info.get("total_system_memory")));
  const isAppending = appends === "1" || appends === "yes";
  return [
    check(
      version && isRecent(version),
      `Redis is version ${version}`,
      "which version Redis is",
      "Use Redis 6.2 or newer, or Valkey.",
    ),
    check(
      appends && isAppending,
      `Redis ${isAppending ? "appends to disk" : "does not append to disk"}`,
      "whether Redis appends to disk",
      "Set appendonly yes: otherwise watches, incidents and the notification log are lost with a restart.",
    ),
    check(
      policy && policy === "noeviction",
      `Redis' eviction policy is ${policy}`,
      "what Redis evicts",
      "Set maxmemory-policy noeviction: any other policy deletes jobs and watches when the memory is full.",
    ),
    limit === 0
      ? check(
          false,
          `Redis uses ${megabytes(used)} and has no limit of its own, where there are ${megabytes(machine)} in all`,
          "how much memory Redis has left",
          `Set maxmemory, for example to ${megabytes(0.6 * machine)}. Without it the kernel kills Redis when the memory is full; with it Redis only refuses writes.`,
        )
      : check(
          used >= 0 && limit > 0 ? used < FULL * limit && limit < machine : undefined,
          `Redis uses ${megabytes(used)} of ${megabytes(limit)}${limit < machine ? "" : `, where there are ${megabytes(machine)} in all`}`,
          "how much memory Redis has left",
          limit < machine
            ? RAISE_MAXMEMORY
            : `Lower maxmemory, for example to ${megabytes(0.6 * machine)}. With more than the machine has, the kernel kills Redis before Redis reaches its limit.`,
        ),
  ];
}

/** `is` is whether all is well, undefined or empty if that could not be seen. */
function check(is: boolean | "" | undefined, found: string, sought: string, advice: string): Check {
  if (is === true) return { ok: true, isSeen: true, what: found };
  if (is === false) return { ok: false, isSeen: true, what: found, advice };
  return { ok: false, isSeen: false, what: `It could not be seen ${sought}`, advice };
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 6 || (major === 6 && minor >= 2);
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

const fieldsOf = (info: string): Map<string, string> =>
  new Map(
    info
      .split(/\r?\n/)
      .map((line) => line.split(":", 2))
      .filter((parts): parts is [string, string] => parts.length === 2),
  );
