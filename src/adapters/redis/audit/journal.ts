import type { Redis } from "ioredis";
import type { Verdict } from "../../../detector/verdict/verdict.ts";
import type { Journal, JournalEntry } from "../../../pipeline/ports/audit.ts";
import { KEPT_DAYS } from "../../../settings/limits.ts";
import { HOUR } from "../../../time/time.ts";
import { script } from "../commands/script.ts";
import { type Keys, LIFE } from "../keys.ts";

/** How many hours the ring holds. A watch by the day uses one place in 24 of it. */
const CAPACITY = KEPT_DAYS * 24;

const KINDS: readonly Verdict["kind"][] = ["normal", "anomalous", "not-evaluated"];

/** KEYS: ring. ARGV: life in seconds, then operations of BITFIELD, each of four words. */
const write = script(`
for i = 2, #ARGV, 400 do redis.call('BITFIELD', KEYS[1], unpack(ARGV, i, math.min(i + 399, #ARGV))) end
redis.call('EXPIRE', KEYS[1], ARGV[1])
`);

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
      await write(redis, [key], [LIFE.journal, ...whole, ...writes]);
    },

    async between(watchId, from, to) {
      const ring = (await redis.getBuffer(keys.journal(watchId))) ?? Buffer.alloc(0);
      const last = Math.floor(to / HOUR);
      const first = Math.max(Math.ceil(from / HOUR), last - LAPS * CAPACITY + 1);
      const found: JournalEntry[] = [];
      for (let hour = first; hour <= last; hour++) {
        const verdict = verdictAt(ring, hour);
        if (verdict) found.push({ bucket: hour * HOUR, verdict });
      }
      return found;
    },
  };
}

const lapOf = (hour: number): number => Math.floor(hour / CAPACITY) % LAPS;

/** What the ring holds of an hour, if anything: its place may hold an hour of another lap. */
function verdictAt(ring: Buffer, hour: number): Verdict["kind"] | undefined {
  const slot = hour % CAPACITY;
  const pair = ring[slot >> 1] ?? 0;
  const place = slot % 2 === 0 ? pair >> 4 : pair & 15;
  if (place === 0 || Math.floor((place - 1) / KINDS.length) !== lapOf(hour)) return undefined;
  return KINDS[(place - 1) % KINDS.length];
}

const inOrder = (entries: readonly JournalEntry[]): JournalEntry[] =>
  [...entries].sort((a, b) => a.bucket - b.bucket);
