import type { Redis } from "ioredis";
import { DAY, HOUR } from "../../core/time.ts";
import type { Journal, JournalEntry } from "../../pipeline/ports.ts";
import { type Keys, LIFE } from "./keys.ts";

/** 90 days of hours. */
const CAPACITY = (90 * DAY) / HOUR;

// One byte a bucket: what became of it in the low four bits, and in the high four which round of the ring it belongs
// to, so that what is left from 90 days ago is told from what is new without ever being erased.
const CODES: readonly JournalEntry["verdict"][] = ["normal", "anomalous", "unjudged"];

const slotOf = (hour: number) => hour % CAPACITY;
const roundOf = (hour: number) => Math.floor(hour / CAPACITY) % 16;
const byteOf = (hour: number, verdict: JournalEntry["verdict"]) =>
  (roundOf(hour) << 4) | (CODES.indexOf(verdict) + 1);

/** The journal of each watch as a ring of bytes. */
export function redisJournal(redis: Redis, keys: Keys): Journal {
  return {
    async record(watchId, entries) {
      if (entries.length === 0) return;
      const key = keys.journal(watchId);
      const writes = redis.multi();
      for (const { bucket, verdict } of entries) {
        const hour = bucket / HOUR;
        writes.setrange(key, slotOf(hour), Buffer.from([byteOf(hour, verdict)]));
      }
      await writes.expire(key, LIFE.journal).exec();
    },
    async between(watchId, from, to) {
      const ring = await redis.getBuffer(keys.journal(watchId));
      const entries: JournalEntry[] = [];
      for (let hour = Math.max(from / HOUR, to / HOUR - CAPACITY + 1); hour <= to / HOUR; hour++) {
        const byte = ring?.[slotOf(hour)] ?? 0;
        const verdict = CODES[(byte & 15) - 1];
        if (verdict && byte >> 4 === roundOf(hour)) entries.push({ bucket: hour * HOUR, verdict });
      }
      return entries;
    },
  };
}
