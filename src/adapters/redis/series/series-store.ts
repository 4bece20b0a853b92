import type { Redis } from "ioredis";
import type { SeriesStore, StoredSeries } from "../../../pipeline/ports/series.ts";
import { seriesRef } from "../../../series/series.ts";
import { stepOf } from "../../../time/time.ts";
import { damaged } from "../commands/damaged.ts";
import { script, scriptOfBytes } from "../commands/script.ts";
import { type Keys, LIFE } from "../keys.ts";
import { bytesOf, capacityOf, packCounts, unpackRing, WRITE_RING } from "./series-ring.ts";

const writeRing = script(WRITE_RING);

/** KEYS: ring, series hash. ARGV: fields of the hash. Returns the ring and these fields, all of one moment. */
const readSeries = scriptOfBytes(`
local stored = redis.call('HMGET', KEYS[2], unpack(ARGV))
table.insert(stored, 1, redis.call('GET', KEYS[1]))
return stored
`);

/** The fields that every reader of a series needs. */
const HEAD = ["oldest", "newest", "revision", "revised", "reasked"] as const;

/** KEYS: series hash. ARGV: bucket number of the state, state, revision it was learned from. */
const saveState = script(`
local head = redis.call('HMGET', KEYS[1], 'newest', 'revision')
local newest, revision = tonumber(head[1]), tonumber(head[2]) or 0
if not newest or tonumber(ARGV[1]) > newest or revision ~= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], 'through', ARGV[1], 'state', ARGV[2])
return 1
`);

/** KEYS: series hash. ARGV: revision that was evaluated. Returns whether it is still the newest. */
const noteEvaluated = script(`
if (tonumber(redis.call('HGET', KEYS[1], 'revision')) or 0) ~= tonumber(ARGV[1]) then return 0 end
redis.call('HDEL', KEYS[1], 'revised')
return 1
`);

/** KEYS: series hash. ARGV: number of a bucket. Does not recreate a deleted series. */
const noteReasked = script(`
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'reasked', ARGV[1]) end
`);

/** Series as a ring of packed values, and a hash beside it of what the ring holds and what was learned from it. */
export function redisSeries(redis: Redis, keys: Keys): SeriesStore {
  const broken = (seriesId: string, why: string) =>
    damaged(
      keys.history(seriesId),
      why,
      `Read the series again from Braze: redis-cli DEL '${keys.history(seriesId)}' '${keys.series(seriesId)}', then redis-cli HDEL '${keys.progress()}' '${seriesId}'.`,
    );

  /** What is stored, and the saved state if it is asked for. */
  async function readStored(seriesId: string, isWithState: boolean): Promise<StoredSeries | undefined> {
    const { unit } = seriesRef(seriesId);
    const both = [keys.history(seriesId), keys.series(seriesId)];
    const [ring, ...head] = (await readSeries(redis, both, [
      ...HEAD,
      ...(isWithState ? ["through", "state"] : []),
    ]).catch((error) => {
      throw /WRONGTYPE/.test(String(error)) ? broken(seriesId, String(error)) : error;
    })) as (Buffer | null)[];
    const [oldest, newest, revision, revised, reasked, through] = head
      .slice(0, HEAD.length + 1)
      .map((field) => field && Number(field.toString()));
    if (!ring && newest === null) return undefined;

    const capacity = capacityOf(unit);
    if (ring?.length !== capacity * bytesOf(seriesId))
      throw broken(seriesId, "the history is not of the right length");
    if (!isWhole(oldest) || !isWhole(newest) || newest < oldest || newest - oldest >= capacity) {
      throw broken(seriesId, "it is not known which buckets the history holds");
    }
    const step = stepOf(unit);
    const state = head[HEAD.length + 1];
    return {
      history: { first: oldest * step, ...unpackRing(seriesId, ring, oldest, newest) },
      collectedThrough: newest * step,
      revision: revision ?? 0,
      ...(isWhole(revised) && { revisedFrom: revised * step }),
      ...(isWhole(reasked) && { reaskedThrough: reasked * step }),
      ...(isWhole(through) && state && { state: { through: through * step, bytes: bytesIn(state) } }),
    };
  }

  return {
    read: (seriesId) => readStored(seriesId, true),
    readHistory: (seriesId) => readStored(seriesId, false),

    async write(seriesId, points, from, to) {
      const { unit } = seriesRef(seriesId);
      const packed = packCounts(seriesId, points, from, to);
      if (packed.length === 0) return;
      const ring = [keys.history(seriesId), keys.series(seriesId)];
      try {
        await writeRing(redis, ring, [
          capacityOf(unit),
          from / stepOf(unit),
          packed,
          LIFE.series,
          bytesOf(seriesId),
        ]);
      } catch (error) {
        if (/DAMAGED|WRONGTYPE/.test(String(error))) throw broken(seriesId, "it is not a history");
        throw error;
      }
    },

    async saveState(seriesId, { through, bytes }, revision) {
      const bucket = through / stepOf(seriesRef(seriesId).unit);
      await saveState(redis, [keys.series(seriesId)], [bucket, Buffer.from(bytes), revision]);
    },

    async noteEvaluated(seriesId, revision) {
      return (await noteEvaluated(redis, [keys.series(seriesId)], [revision])) === 1;
    },

    async noteReasked(seriesId, through) {
      await noteReasked(redis, [keys.series(seriesId)], [through / stepOf(seriesRef(seriesId).unit)]);
    },

    async remove(seriesId) {
      await redis.del(keys.history(seriesId), keys.series(seriesId));
    },
  };
}

const isWhole = (value: number | null | undefined): value is number => Number.isSafeInteger(value);

/** The bytes of memory that Redis spends on a series: its history and what was learned of it, keys included. */
export async function seriesBytes(redis: Redis, keys: Keys, seriesId: string): Promise<number> {
  const both = [keys.history(seriesId), keys.series(seriesId)];
  const sizes = await Promise.all(both.map((key) => redis.memory("USAGE", key, "SAMPLES", 0)));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

/** The bytes of a buffer, not copied. */
const bytesIn = ({ buffer, byteOffset, length }: Buffer) => new Uint8Array(buffer, byteOffset, length);
