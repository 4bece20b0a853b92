import type { Redis } from "ioredis";
import type { Verdict } from "../../../detector/verdict/verdict.ts";
import type { Journal, JournalEntry } from "../../../pipeline/ports/audit.ts";
import { KEPT_DAYS } from "../../../settings/limits.ts";
import { type Bucket, HOUR } from "../../../time/time.ts";
import { runWhole } from "../commands/transaction.ts";
import { type Keys, LIFE } from "../keys.ts";

/** How many hours the ring holds. A watch by the day uses one place in 24 of it. */
const CAPACITY = KEPT_DAYS * 24;

const KINDS: readonly Verdict["kind"][] = ["normal", "anomalous", "not-evaluated"];

/** How many laps of the ring can be told apart: 450 days, longer than anything is left unwritten. */
const LAPS = 5;

/**
 * The verdict on each bucket, four bits an hour in a ring: 0 for none, else the verdict and the lap in which it was
 * written, so that entries of an earlier lap count as none.
 */
export function redisJournal(redis: Redis, keys: Keys): Journal {
  return {
    async record(watchId, entries) {
      if (entries.length === 0) return;
      const key = keys.journal(watchId);
      const writes = inOrder(entries).flatMap(({ bucket, verdict }) => {
        const hour = bucket / HOUR;
        return ["SET", "u4", `#${hour % CAPACITY}`, 1 + KINDS.indexOf(verdict) + KINDS.length * lapOf(hour)];
      });
      // Writing the last place sets the ring's full length at once, so that Redis never has to move it.
      const whole = ["INCRBY", "u4", `#${CAPACITY - 1}`, 0];
      await runWhole(
        redis
          .multi()
          .call("BITFIELD", key, ...whole, ...writes)
          .expire(key, LIFE.journal),
        key,
      );
    },

    async between(watchId, from, to) {
      const ring = (await redis.getBuffer(keys.journal(watchId))) ?? Buffer.alloc(0);
      const places = Array.from(ring, (byte) => [byte >> 4, byte & 15]).flat();
      const found = places
        .map((place, slot) => entryAt(place, slot, to))
        .filter((entry) => entry !== undefined && entry.bucket >= from);
      return inOrder(found as JournalEntry[]);
    },
  };
}

const lapOf = (hour: number): number => Math.floor(hour / CAPACITY) % LAPS;

/** The entry of four bits, for the last matching hour not after `to`. */
function entryAt(place: number, slot: number, to: Bucket): JournalEntry | undefined {
  if (place === 0) return undefined;
  const verdict = KINDS[(place - 1) % KINDS.length]!;
  const written = Math.floor((place - 1) / KINDS.length);
  const laps = Math.floor((Math.floor(to / HOUR) - slot) / CAPACITY);
  const lap = laps - ((laps - written + LAPS) % LAPS);
  return { bucket: (lap * CAPACITY + slot) * HOUR, verdict };
}

const inOrder = (entries: readonly JournalEntry[]): JournalEntry[] =>
  [...entries].sort((a, b) => a.bucket - b.bucket);
