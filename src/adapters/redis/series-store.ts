import type { Redis } from "ioredis";
import { historySpan } from "../../core/due.ts";
import { type Point, seriesRef } from "../../core/series.ts";
import { type Bucket, stepOf } from "../../core/time.ts";
import type { SeriesStore, StoredSeries } from "../../pipeline/ports.ts";
import type { Keys } from "./keys.ts";

/** What stands for a missing bucket; also the greatest count there is room for, plus one. */
const MISSING = 0xffff_ffff;

/** How many buckets the ring of a series holds: 8 weeks of hours, or 56 weeks of days. */
export const capacityOf = (seriesId: string): number => {
  const { unit } = seriesRef(seriesId);
  return historySpan(unit) / stepOf(unit);
};

// The ring: bucket n (hours or days since 1970) stands at n modulo capacity, as an unsigned 32-bit little-endian
// count. In one step: room for what is new, what was there a whole ring ago blanked, revisions written, and the
// detector's state dropped when something it had already learned has changed.
const WRITE = `
local capacity, from, data = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local through = tonumber(redis.call('HGET', KEYS[2], 'through') or '-1')
local learned = tonumber(redis.call('HGET', KEYS[2], 'learned') or '-1')
local last = from + #data / 4 - 1
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('SET', KEYS[1], string.rep('\\255', capacity * 4))
elseif from > through + 1 then
  local gap = math.min(from - through - 1, capacity)
  data = string.rep('\\255', gap * 4) .. data
  from = from - gap
end
local oldest = math.max(through, last) - capacity + 1
if from < oldest then
  data = string.sub(data, (oldest - from) * 4 + 1)
  from = oldest
end
if #data == 0 then return 0 end
local function put(first, bytes)
  local at = (first % capacity) * 4
  local room = capacity * 4 - at
  redis.call('SETRANGE', KEYS[1], at, string.sub(bytes, 1, room))
  if #bytes > room then redis.call('SETRANGE', KEYS[1], 0, string.sub(bytes, room + 1)) end
end
local function held(first, count)
  local at = (first % capacity) * 4
  local bytes = redis.call('GETRANGE', KEYS[1], at, math.min(at + count * 4, capacity * 4) - 1)
  if #bytes < count * 4 then bytes = bytes .. redis.call('GETRANGE', KEYS[1], 0, count * 4 - #bytes - 1) end
  return bytes
end
local known = math.min(learned, last) - from + 1
local changed = known > 0 and held(from, known) ~= string.sub(data, 1, known * 4)
put(from, data)
if last > through then redis.call('HSET', KEYS[2], 'through', string.format('%d', last)) end
if changed then redis.call('HDEL', KEYS[2], 'state', 'learned') end
return 1
`;

/** Series as a ring of packed counts and a small hash beside it. */
export function redisSeries(redis: Redis, keys: Keys): SeriesStore {
  return {
    async read(seriesId) {
      const [ring, fields] = await Promise.all([
        redis.getBuffer(keys.history(seriesId)),
        redis.hmgetBuffer(keys.series(seriesId), "through", "learned", "state"),
      ]);
      const [through, learned, state] = fields;
      if (!ring || !through) return undefined;
      const step = stepOf(seriesRef(seriesId).unit);
      const stored = unpack(ring, Number(through), step);
      return learned && state
        ? { ...stored, state: { through: Number(learned) * step, bytes: new Uint8Array(state) } }
        : stored;
    },

    async write(seriesId, points, from, to) {
      const step = stepOf(seriesRef(seriesId).unit);
      await redis.eval(
        WRITE,
        2,
        keys.history(seriesId),
        keys.series(seriesId),
        capacityOf(seriesId),
        from / step,
        pack(points, from, to, step),
      );
    },

    async saveState(seriesId, { through, bytes }) {
      const step = stepOf(seriesRef(seriesId).unit);
      await redis.hset(keys.series(seriesId), "learned", through / step, "state", Buffer.from(bytes));
    },

    async remove(seriesId) {
      await redis.del(keys.history(seriesId), keys.series(seriesId));
    },
  };
}

function pack(points: readonly Point[], from: Bucket, to: Bucket, step: number): Buffer {
  const bytes = Buffer.alloc(((to - from) / step + 1) * 4, 0xff);
  for (const { bucket, sessions } of points) {
    if (!Number.isInteger(sessions) || sessions < 0 || sessions >= MISSING) {
      throw new RangeError(
        `${sessions} sessions cannot be stored: a count is a whole number below ${MISSING}`,
      );
    }
    if (bucket >= from && bucket <= to) bytes.writeUInt32LE(sessions, ((bucket - from) / step) * 4);
  }
  return bytes;
}

function unpack(ring: Buffer, through: number, step: number): StoredSeries {
  const capacity = ring.length / 4;
  const sessions = Array.from({ length: capacity }, (_, i) => {
    const count = ring.readUInt32LE(((through - capacity + 1 + i) % capacity) * 4);
    return count === MISSING ? undefined : count;
  });
  // What lies before the first known bucket is not missing: it was never asked for.
  const begin = Math.max(
    0,
    sessions.findIndex((count) => count !== undefined),
  );
  return {
    history: { first: (through - capacity + 1 + begin) * step, sessions: sessions.slice(begin) },
    collectedThrough: through * step,
  };
}
