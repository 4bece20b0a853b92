import type { Redis } from "ioredis";

/** What Redis spends on each kind of key, in bytes, the most first: `tidewatch:{…}:history` is of the kind `history`. */
export async function memoryByKind(redis: Redis): Promise<Map<string, number>> {
  const kinds = new Map<string, number>();
  let cursor = "0";
  do {
    const [next, keys] = await redis.scan(cursor, "COUNT", 2_000);
    cursor = next;
    const pipeline = redis.pipeline();
    for (const key of keys) pipeline.call("MEMORY", "USAGE", key, "SAMPLES", 0);
    for (const [i, [, bytes]] of ((await pipeline.exec()) ?? []).entries()) {
      const kind = kindOf(keys[i]!);
      kinds.set(kind, (kinds.get(kind) ?? 0) + Number(bytes ?? 0));
    }
  } while (cursor !== "0");
  return new Map([...kinds].sort(([, a], [, b]) => b - a));
}

/** What stands behind the braces, without names; of a queue its name and what it holds. */
function kindOf(key: string): string {
  const [owner, rest] = [/^[^{]*/.exec(key)![0], key.slice(key.indexOf("}:") + 2)];
  if (owner === "") return `queue ${rest.replace(/^(\w+):[^:]*\d[^:]*(:.*)?$/, "$1 job$2")}`;
  return /^(incident|alert-group|overflow):/.test(rest) ? rest.split(":")[0]! : rest;
}
