import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Redis } from "ioredis";
import { InputError } from "../../errors.ts";
import { claim } from "./commands/claim.ts";
import { script } from "./commands/script.ts";
import { type Keys, keysOf } from "./keys.ts";

/** A step from one version of what is stored to the next. */
export interface Migration {
  /** What it does, for the log. */
  readonly what: string;
  /**
   * Safe to repeat, and to be done twice at once: it goes entry by entry, and changes only what is as it was before. So
   * whatever is cut short goes on, and nothing is done twice.
   */
  run(redis: Redis, keys: Keys): Promise<void>;
}

/**
 * The steps, oldest first; never change one that was released. There is none yet: whatever came since the first version
 * is a key of its own or a field that may be left out, and what the detector learned has a version of its own and is
 * learned again.
 */
export const migrations: readonly Migration[] = [];

/** Raises the version by one if the lock is still its holder's. KEYS: version, lock. ARGV: token, from, to. */
const raise = script(`
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
local version = redis.call('GET', KEYS[1]) or '1'
if version ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[3])
return 1
`);

/** KEYS: lock. ARGV: token, milliseconds; 0 to let it go. */
const renew = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then return redis.call('DEL', KEYS[1]) end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

export interface MigrateOptions {
  readonly prefix?: string;
  /** @default those above */
  readonly steps?: readonly Migration[];
  /** How long the lock of a worker that was killed holds up the others, in milliseconds. @default 30000 */
  readonly lockFor?: number;
  readonly say?: (line: string) => void;
}

/**
 * Brings what is stored to the version that this program writes: once, by one worker, while the others wait. What was
 * stored before there were versions is version 1. Throws InputError where it is of a newer version, and touches nothing.
 */
export async function migrate(
  redis: Redis,
  { prefix = "tidewatch", steps = migrations, lockFor = 30_000, say = () => {} }: MigrateOptions = {},
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
      await raiseFrom(version, steps, { redis, keys, token, lockFor, say });
    } else {
      await pause(Math.min(500, lockFor / 4));
    }
  }
}

/**
 * The version of what is stored (1 where none is written) and the newest, which this program writes. Throws
 * InputError where what is stored is newer, or its version is none.
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
      `Redis holds under ${key} what is no version: restore it, or remove it if this is all there is: redis-cli DEL '${key}'`,
    );
  if (version > newest)
    throw new InputError(
      `Redis holds data of version ${version}, written by a newer Tidewatch; this one knows version ${newest} at most, and touched nothing: start the newer one again, or name another Redis in REDIS_URL`,
    );
  return { version, newest, isWritten: stored !== null };
}

interface Holding {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly token: string;
  readonly lockFor: number;
  readonly say: (line: string) => void;
}

async function raiseFrom(
  version: number,
  steps: readonly Migration[],
  { redis, keys, token, lockFor, say }: Holding,
): Promise<void> {
  const renewing = setInterval(() => {
    // Lost or not, the next raise finds out.
    renew(redis, [keys.migrating()], [token, lockFor]).catch(() => {});
  }, lockFor / 3);
  try {
    for (const [i, { what, run }] of steps.slice(version - 1).entries()) {
      say(`migrating what is stored to version ${version + i + 1}: ${what}`);
      await run(redis, keys);
      const raised = await raise(
        redis,
        [keys.version(), keys.migrating()],
        [token, version + i, version + i + 1],
      );
      // Another took over after a long pause of this one: it is begun again from where that one is.
      if (raised !== 1) return;
    }
  } finally {
    clearInterval(renewing);
    await renew(redis, [keys.migrating()], [token, 0]);
  }
}
