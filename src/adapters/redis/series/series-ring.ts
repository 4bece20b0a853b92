import type { NumberKind } from "../../../metrics/metric.ts";
import { metricOf } from "../../../metrics/metrics.ts";
import type { History } from "../../../pipeline/ports/series.ts";
import { HIGHEST_COUNT, HIGHEST_VALUE, type Point, seriesRef } from "../../../series/series.ts";
import { type Bucket, bucketName, stepOf, type Unit } from "../../../time/time.ts";

/** How many buckets a ring holds: 8 weeks of hours, 56 weeks of days. */
export const capacityOf = (unit: Unit): number => (unit === "hour" ? 8 * 7 * 24 : 56 * 7);

/** How values of a kind are packed; every bit set stands for a missing bucket: unknown is not zero. */
interface Packing {
  readonly bytes: number;
  fits(point: Point): boolean;
  /** What fits, in words. */
  readonly range: string;
  write(into: Buffer, point: Point, at: number): void;
  /** Undefined for a missing bucket. */
  read(from: Buffer, at: number): number | undefined;
  /** What the value of a ratio was divided by. */
  readDenominator?(from: Buffer, at: number): number | undefined;
}

const MISSING_COUNT = HIGHEST_COUNT + 1;

/** A count as an unsigned number of 32 bits, little-endian. */
const counts: Packing = {
  bytes: 4,
  fits: ({ value }) => Number.isInteger(value) && value >= 0 && value <= HIGHEST_COUNT,
  range: `a count is a whole number from 0 to ${HIGHEST_COUNT}`,
  write: (into, { value }, at) => into.writeUInt32LE(value, at),
  read(from, at) {
    const count = from.readUInt32LE(at);
    return count === MISSING_COUNT ? undefined : count;
  },
};

const numberAt = (from: Buffer, at: number): number | undefined => {
  const amount = from.readDoubleLE(at);
  return Number.isNaN(amount) ? undefined : amount;
};

/** An amount as a floating-point number of 64 bits, little-endian; every bit set is no number. */
const amounts: Packing = {
  bytes: 8,
  fits: ({ value }) => Math.abs(value) <= HIGHEST_VALUE,
  range: `an amount is a number from -${HIGHEST_VALUE} to ${HIGHEST_VALUE}`,
  write: (into, { value }, at) => into.writeDoubleLE(value, at),
  read: numberAt,
};

/** A ratio as two such numbers: its value, and its denominator. */
const ratios: Packing = {
  bytes: 16,
  fits: ({ value, denominator = Number.NaN }) =>
    Math.abs(value) <= HIGHEST_VALUE && denominator >= 0 && denominator <= HIGHEST_VALUE,
  range: `a ratio has a value from -${HIGHEST_VALUE} to ${HIGHEST_VALUE}, and a denominator from 0 on`,
  write(into, { value, denominator = 0 }, at) {
    into.writeDoubleLE(value, at);
    into.writeDoubleLE(denominator, at + 8);
  },
  read: numberAt,
  readDenominator: (from, at) => numberAt(from, at + 8),
};

const packings: Readonly<Record<NumberKind, Packing>> = {
  count: counts,
  money: amounts,
  level: amounts,
  ratio: ratios,
  "money-ratio": ratios,
};

const packingOf = (seriesId: string): Packing => packings[metricOf(seriesRef(seriesId)).kind];

/** How many bytes a bucket of a series takes. */
export const bytesOf = (seriesId: string): number => packingOf(seriesId).bytes;

/** The values of `from` to `to`, one after the other. Throws for what does not fit. */
export function packCounts(seriesId: string, points: readonly Point[], from: Bucket, to: Bucket): Buffer {
  const { unit } = seriesRef(seriesId);
  const packing = packingOf(seriesId);
  const step = stepOf(unit);
  if (from % step !== 0 || to % step !== 0 || to < from - step) {
    throw new RangeError(`Series ${seriesId}: ${from} to ${to} is not a range of ${unit}s`);
  }
  const packed = Buffer.alloc(((to - from) / step + 1) * packing.bytes, 0xff);
  for (const point of points) {
    const { bucket, value } = point;
    if (bucket < from || bucket > to || bucket % step !== 0) {
      throw new RangeError(
        `Series ${seriesId}: a point at ${new Date(bucket).toISOString()} is not a ${unit} from ${bucketName(from, unit)} to ${bucketName(to, unit)}`,
      );
    }
    if (!packing.fits(point)) {
      throw new RangeError(
        `Series ${seriesId}: ${value} at ${bucketName(bucket, unit)} cannot be stored: ${packing.range}`,
      );
    }
    packing.write(packed, point, ((bucket - from) / step) * packing.bytes);
  }
  return packed;
}

/**
 * The values of the buckets numbered `first` to `last` out of a series' ring, undefined where one is missing; of a ratio
 * with its denominators.
 */
export function unpackRing(
  seriesId: string,
  ring: Buffer,
  first: number,
  last: number,
): Omit<History, "first"> {
  const { bytes, read, readDenominator } = packingOf(seriesId);
  const capacity = ring.length / bytes;
  const each = (readAt: Packing["read"]) => {
    const values = new Array<number | undefined>(last - first + 1);
    for (let i = 0, slot = first % capacity; i < values.length; i++, slot++) {
      if (slot === capacity) slot = 0;
      values[i] = readAt(ring, slot * bytes);
    }
    return values;
  };
  return { values: each(read), ...(readDenominator && { denominators: each(readDenominator) }) };
}

/**
 * Writes buckets into a ring that holds each bucket at its number modulo the capacity. A slot always holds the bucket
 * of the newest `capacity` that belongs there, or the value for "missing"; so when the ring advances over a gap, the
 * skipped slots, which hold older buckets, are cleared.
 * The first known bucket that changed is kept until it is evaluated (`revised`); buckets that become missing are asked
 * for again (`reasked`).
 * KEYS: ring, series hash. ARGV: capacity, number of the first bucket, packed values, life in seconds, bytes a value.
 */
export const WRITE_RING = `
local capacity, from, packed, width = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[5])
local to = from + #packed / width - 1
local head = redis.call('HMGET', KEYS[2], 'oldest', 'newest', 'through', 'revised', 'reasked')
local oldest, newest = tonumber(head[1]), tonumber(head[2])
local revised, reasked = tonumber(head[4]), tonumber(head[5])
local MISSING = string.rep('\\255', width)
local length = redis.call('STRLEN', KEYS[1])

if not newest and length == 0 then
  redis.call('SET', KEYS[1], string.rep('\\255', capacity * width))
  oldest, newest = from, from - 1
elseif not newest or not oldest or length ~= capacity * width then
  return redis.error_reply('DAMAGED')
end

-- What is older than the ring reaches back is let go.
local start = math.max(newest, to) - capacity + 1
if to < start then return 0 end
if from < start then
  packed = string.sub(packed, (start - from) * width + 1)
  from = start
end

local function put(index, bytes)
  local slot = index % capacity
  local room = (capacity - slot) * width
  redis.call('SETRANGE', KEYS[1], slot * width, string.sub(bytes, 1, room))
  if #bytes > room then redis.call('SETRANGE', KEYS[1], 0, string.sub(bytes, room + 1)) end
end

local function get(first, last)
  local a, b = first % capacity, last % capacity
  if a <= b then return redis.call('GETRANGE', KEYS[1], a * width, (b + 1) * width - 1) end
  return redis.call('GETRANGE', KEYS[1], a * width, -1) .. redis.call('GETRANGE', KEYS[1], 0, (b + 1) * width - 1)
end

-- Has anything changed that was known, and is it part of what was learned?
local last = math.min(to, newest)
if from <= last then
  local before, after = get(from, last), string.sub(packed, 1, (last - from + 1) * width)
  if before ~= after then
    redis.call('HINCRBY', KEYS[2], 'revision', 1)
    for bucket = math.max(from, oldest), last do
      local at = (bucket - from) * width
      local is = string.sub(after, at + 1, at + width)
      if string.sub(before, at + 1, at + width) ~= is then
        revised = math.min(revised or bucket, bucket)
        if is == MISSING and reasked then reasked = math.min(reasked, bucket - 1) end
      end
    end
    if revised then redis.call('HSET', KEYS[2], 'revised', revised) end
    if reasked then redis.call('HSET', KEYS[2], 'reasked', reasked) end
    local learned = math.max(0, math.min(last, tonumber(head[3]) or from - 1) - from + 1) * width
    if string.sub(before, 1, learned) ~= string.sub(after, 1, learned) then
      redis.call('HDEL', KEYS[2], 'through', 'state')
    end
  end
end

-- The gap, if the ring moves on over one.
local gap = math.min(from - newest - 1, capacity)
if gap > 0 then put(from - gap, string.rep('\\255', gap * width)) end

put(from, packed)
redis.call('HSET', KEYS[2], 'oldest', math.max(start, math.min(oldest, from)), 'newest', math.max(newest, to))
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return 1
`;
