import { Redis } from "ioredis";
import { type Migration, migrate } from "../../../src/adapters/redis/migrate.ts";

/** How many entries the made-up migration has to change. */
export const ENTRIES = 60;

/**
 * Renames each entry of a hash, one by one; an entry that bears its new name is left alone.
 * @param haltsAt the entry before which it stops, and does not go on.
 */
export const renaming = (haltsAt = ENTRIES): Migration => ({
  what: "entries are called new",
  async run(redis) {
    for (let i = 0; i < ENTRIES; i++) {
      if (i === haltsAt) await new Promise(() => {});
      if ((await redis.hget("entries", String(i))) !== "old") continue;
      await redis.hset("entries", String(i), "new");
      await redis.hincrby("changes", String(i), 1);
    }
  },
});

// In a process of its own, so that it can be killed as a machine would.
const [url, haltsAt] = process.argv.slice(2);
if (url?.startsWith("redis:")) {
  const redis = new Redis(url);
  const steps = [renaming(haltsAt ? Number(haltsAt) : undefined)];
  await migrate(redis, { steps, lockFor: 600, report: (line) => process.send?.(line) });
  process.send?.("done");
  redis.disconnect();
  process.disconnect?.();
}
