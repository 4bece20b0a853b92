import { expect, test } from "vitest";
import { keysOf } from "../../../src/adapters/redis/keys.ts";
import { seriesBytes } from "../../../src/adapters/redis/series/series-store.ts";
import { redisStores } from "../../../src/adapters/redis/stores.ts";
import { bucketsBetween, DAY, HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { ownRedis } from "./own-redis.ts";

const own = ownRedis();

/** As long as Braze's names may be. */
const UUID = "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d";

test.each([
  ["hour", HOUR],
  ["day", DAY],
] as const)(
  "a full history by the %s with 5,000 bytes of detector state takes at most 12 KB",
  async (unit, step) => {
    const { series } = redisStores(own.redis);
    const id = `main.${UUID}.${UUID}.${unit}`;
    const last = Math.floor(noon / step) * step;
    const points = bucketsBetween(last - 1_343 * step, last, unit).map((bucket, i) => ({
      bucket,
      value: i,
    }));
    await series.write(id, points, points[0]!.bucket, last);
    await series.saveState(id, { through: last, bytes: new Uint8Array(5_000) }, 0);
    expect((await series.read(id))?.state?.bytes).toHaveLength(5_000);
    expect(await seriesBytes(own.redis, keysOf("tidewatch"), id)).toBeLessThanOrEqual(12_288);
  },
);
