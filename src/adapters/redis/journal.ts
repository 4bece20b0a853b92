import type { Redis } from "ioredis";
import { type Bucket, HOUR } from "../../core/time.ts";
import type { Verdict } from "../../core/verdict.ts";
import type { Journal, JournalEntry } from "../../pipeline/ports/audit.ts";
import { type Keys, LIFE } from "./keys.ts";

/** How many hours the ring holds: 90 days. A watch by the day uses one byte in 24 of it. */
const CAPACITY = 90 * 24;

const KINDS: readonly Verdict["kind"][] = ["normal", "anomalous", "unjudged"];

/** How many laps of the ring can be told apart, which is some 15 years. */
const LAPS = 64;

/**
 * What became of each bucket, one byte an hour in a ring. The lower two bits are the verdict, 0 for none; the upper
 * six say in which lap of the ring it was written, so that what is left of an earlier lap counts as nothing.
 */
export function redisJournal(redis: Redis, keys: Keys): Journal {
  return {
    async record(watchId, entries) {
      if (entries.length === 0) return;
      const key = keys.journal(watchId);
      const writes = redis.multi();
      for (const { slot, bytes } of runsOf(entries)) writes.setrange(key, slot, Buffer.from(bytes));
      const answers = await writes.expire(key, LIFE.journal).exec();
      const failed = answers?.find(([error]) => error)?.[0];
      if (failed) throw failed;
    },

    async between(watchId, from, to) {
      const ring = await redis.getBuffer(keys.journal(watchId));
      const found = Array.from(ring ?? [], (byte, slot) => entryAt(byte, slot, to)).filter(
        (entry) => entry !== undefined && entry.bucket >= from,
      );
      return inOrder(found as JournalEntry[]);
    },
  };
}

const lapOf = (hour: number): number => Math.floor(hour / CAPACITY) % LAPS;

/** Entries as bytes, hour after hour in one run as far as they follow each other in the ring. */
function runsOf(entries: readonly JournalEntry[]): { slot: number; bytes: number[] }[] {
  const runs: { slot: number; bytes: number[] }[] = [];
  for (const { bucket, verdict } of inOrder(entries)) {
    const hour = bucket / HOUR;
    const slot = hour % CAPACITY;
    const byte = (lapOf(hour) << 2) | (KINDS.indexOf(verdict) + 1);
    const run = runs.at(-1);
    if (run && run.slot + run.bytes.length === slot) run.bytes.push(byte);
    else runs.push({ slot, bytes: [byte] });
  }
  return runs;
}

/** The entry that a byte stands for, taken for the last hour not after `to` that it fits. */
function entryAt(byte: number, slot: number, to: Bucket): JournalEntry | undefined {
  const verdict = KINDS[(byte & 3) - 1];
  if (!verdict) return undefined;
  const laps = Math.floor((Math.floor(to / HOUR) - slot) / CAPACITY);
  const lap = laps - ((laps - (byte >> 2) + LAPS) % LAPS);
  return { bucket: (lap * CAPACITY + slot) * HOUR, verdict };
}

const inOrder = (entries: readonly JournalEntry[]): JournalEntry[] =>
  [...entries].sort((a, b) => a.bucket - b.bucket);
