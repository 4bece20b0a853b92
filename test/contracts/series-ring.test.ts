import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { kinds } from "./kinds.ts";

const ID = "main.ios.us.hour";
const CAPACITY = 1_344;

/** A write of some buckets from a bucket on; most are near the others, some far off. */
const write = fc.record({
  from: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 10_000, max: 10_200 }) },
    { weight: 3, arbitrary: fc.integer({ min: 10_000, max: 10_000 + 2 * CAPACITY }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
  ),
  counts: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.array(fc.option(fc.nat(3), { nil: undefined }), { minLength: 1, maxLength: 12 }),
    },
    {
      weight: 1,
      arbitrary: fc.array(fc.option(fc.nat(4_294_967_294), { nil: undefined }), {
        minLength: CAPACITY - 5,
        maxLength: CAPACITY + 300,
      }),
    },
  ),
  evaluated: fc.option(fc.nat(20), { nil: undefined }),
});

/** The same as a plain map that forgets nothing until it is asked. */
function model() {
  const counts = new Map<number, number | undefined>();
  let oldest = Number.POSITIVE_INFINITY;
  let state: number | undefined;
  const newest = () => Math.max(...counts.keys());
  return {
    write(from: number, given: readonly (number | undefined)[]) {
      const last = counts.size > 0 ? newest() : from - 1;
      given.forEach((count, i) => {
        const bucket = from + i;
        if (bucket <= Math.max(last, from + given.length - 1) - CAPACITY) return;
        if (state !== undefined && bucket <= state && counts.get(bucket) !== count) state = undefined;
        counts.set(bucket, count);
        oldest = Math.min(oldest, bucket);
      });
      const begin = newest() - CAPACITY + 1;
      for (const bucket of counts.keys()) if (bucket < begin) counts.delete(bucket);
    },
    evaluated(back: number) {
      state = newest() - back;
    },
    read() {
      const begin = Math.max(oldest, newest() - CAPACITY + 1);
      return {
        first: begin * HOUR,
        values: Array.from({ length: newest() - begin + 1 }, (_, i) => counts.get(begin + i)),
        through: newest() * HOUR,
        state: state === undefined ? undefined : state * HOUR,
      };
    },
  };
}

describe.each(kinds)("a series in %s", (_, open) => {
  test("equals a plain map after any writes", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 15 }), async (writes) => {
        const { series } = open();
        const plain = model();
        for (const { from, counts, evaluated } of writes) {
          const points = counts.flatMap((value, i) =>
            value === undefined ? [] : [{ bucket: (from + i) * HOUR, value }],
          );
          await series.write(ID, points, from * HOUR, (from + counts.length - 1) * HOUR);
          plain.write(from, counts);
          const stored = (await series.read(ID))!;
          const seen = {
            ...stored.history,
            through: stored.collectedThrough,
            state: stored.state?.through,
          };
          // As text, since a thousand buckets are compared a thousand times.
          expect(JSON.stringify(seen)).toBe(JSON.stringify(plain.read()));
          if (evaluated !== undefined) {
            const through = stored.collectedThrough - evaluated * HOUR;
            await series.saveState(ID, { through, bytes: new Uint8Array(3) }, stored.revision);
            plain.evaluated(evaluated);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
