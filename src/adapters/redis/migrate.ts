import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Redis } from "ioredis";
import { InputError } from "../../errors.ts";
import { claim } from "./commands/claim.ts";
import { script } from "./commands/script.ts";
import { type Keys, keysOf } from "./keys.ts";

/** A step from one version of the stored data to the next. */
export interface Migration {
  /** What it does, for the log. */
  readonly what: string;
  /**
   * Safe to repeat, and to run twice at once: it goes entry by entry, and changes only what is still in the old form.
   * So it continues after an interruption, and does nothing twice.
   */
  run(redis: Redis, keys: Keys): Promise<void>;
}

/**
 * The steps, oldest first; never change a released one. There is none yet: everything since the first version is a new
 * key or an optional field, and the detector's state has a version of its own and is learned again.
 */
export const migrations: readonly Migration[] = [];

/** Raises the version by one if this token still holds the lock. KEYS: version, lock. ARGV: token, from, to. */
const raise = script(`
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
local version = redis.call('GET', KEYS[1]) or '1'
if version ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[3])
return 1
`);

/** KEYS: lock. ARGV: token, milliseconds; 0 to release it. */
const renew = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then return redis.call('DEL', KEYS[1]) end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

export interface MigrateOptions {
  readonly prefix?: string;
  /** @default those above */
  readonly steps?: readonly Migration[];
  /** How long the lock of a killed worker holds up the others, in milliseconds. @default 30000 */
  readonly lockFor?: number;
  readonly report?: (line: string) => void;
}

/**
 * Migrates the stored data to the version of this program: once, by one worker, while the others wait. Data without a
 * version is version 1. Throws InputError for data of a newer version, and changes nothing.
 */
export async function migrate(
  redis: Redis,
  { prefix = "tidewatch", steps = migrations, lockFor = 30_000, report = () => {} }: MigrateOptions = {},
): Promise<void> {
  const keys = keysOf(prefix);
  const newest = steps.length + 1;
  const token = randomUUID();
  for (;;) {
    const { version, isWritten } = await storedVersion(redis, { prefix, steps });
    if (version === newest) {
      if (!isWritten) await redis.set(keys.version(), newest, "NX");
      return;
    }
    if (await claim(redis, keys.migrating(), token, lockFor)) {
      await raiseToNewest(steps, { redis, prefix, keys, token, lockFor, report });
    } else {
      await pause(Math.min(500, lockFor / 4));
    }
  }
}

/**
 * The version of the stored data (1 without one) and the newest, which this program writes. Throws InputError if the
 * data is newer, or its version is invalid.
 */
export async function storedVersion(
  redis: Redis,
  { prefix = "tidewatch", steps = migrations }: Pick<MigrateOptions, "prefix" | "steps"> = {},
): Promise<{ version: number; newest: number; isWritten: boolean }> {
  const key = keysOf(prefix).version();
  const stored = await redis.get(key);
  const version = Number(stored ?? 1);
  const newest = steps.length + 1;
  if (!Number.isInteger(version) || version < 1)
    throw new InputError(
      `Redis contains no valid version under ${key}. Restore it, or delete it if there is no other data: redis-cli DEL '${key}'`,
    );
  if (version > newest)
    throw new InputError(
      `Redis holds data of version ${version}, written by a newer Tidewatch; this one knows version ${newest} at most, and touched nothing: start the newer one again, or name another Redis in REDIS_URL`,
    );
  return { version, newest, isWritten: stored !== null };
}

interface Holding {
  readonly redis: Redis;
  readonly prefix: string;
  readonly keys: Keys;
  readonly token: string;
  readonly lockFor: number;
  readonly report: (line: string) => void;
}

/** Migrates under the lock, from the version that is stored then: another process may have migrated just before. */
async function raiseToNewest(
  steps: readonly Migration[],
  { redis, prefix, keys, token, lockFor, report }: Holding,
): Promise<void> {
  const renewing = setInterval(() => {
    // If the lock was lost, the next step notices.
    renew(redis, [keys.migrating()], [token, lockFor]).catch(() => {});
  }, lockFor / 3);
  try {
    const { version } = await storedVersion(redis, { prefix, steps });
    for (const [i, { what, run }] of steps.slice(version - 1).entries()) {
      report(`migrating what is stored to version ${version + i + 1}: ${what}`);
      await run(redis, keys);
      const raised = await raise(
        redis,
        [keys.version(), keys.migrating()],
        [token, version + i, version + i + 1],
      );
      // Another worker took over after a long pause of this one: continue from its version.
      if (raised !== 1) return;
    }
  } finally {
    clearInterval(renewing);
    await renew(redis, [keys.migrating()], [token, 0]);
  }
}
