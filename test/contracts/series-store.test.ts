import { beforeEach, describe, expect, test } from "vitest";
import type { SeriesStore } from "../../src/pipeline/ports/series.ts";
import { DAY, HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

const ID = "main.ios.us.hour";
const at = (hours: number) => noon + hours * HOUR;
const points = (from: number, ...sessions: (number | undefined)[]) =>
  sessions.flatMap((count, i) => (count === undefined ? [] : [{ bucket: at(from + i), value: count }]));

describe.each(kinds)("series in %s", (_, open) => {
  let series: SeriesStore;
  beforeEach(() => {
    series = open().series;
  });

  const write = (from: number, ...sessions: (number | undefined)[]) =>
    series.write(ID, points(from, ...sessions), at(from), at(from + sessions.length - 1));
  const evaluated = async (through: number, bytes: Uint8Array) =>
    series.saveState(ID, { through: at(through), bytes }, (await series.read(ID))!.revision);

  test("a series that was never written is unknown", async () => {
    expect(await series.read(ID)).toBeUndefined();
  });

  test("a written series is read back, a bucket without a point is missing, and zero is zero", async () => {
    await write(0, 5, undefined, 0, 4_294_967_294);
    expect(await series.read(ID)).toMatchObject({
      history: { first: noon, values: [5, undefined, 0, 4_294_967_294] },
      collectedThrough: at(3),
    });
  });

  test.each(["revenue", "segment-size"])(
    "%s keeps cents, and losses apart from missing buckets",
    async (metric) => {
      const id = `main.all.all.hour.${metric}`;
      const amounts = [1_186.99, undefined, metric === "revenue" ? -12.5 : 0, 0, 1e13];
      await series.write(id, points(0, ...amounts), at(0), at(4));
      await series.write(id, points(8, 2.5), at(8), at(8));
      expect((await series.read(id))?.history).toEqual({
        first: noon,
        values: [...amounts, undefined, undefined, undefined, 2.5],
      });
    },
  );

  test("a ring of amounts lets go of the oldest as a ring of counts does", async () => {
    const id = "main.all.all.hour.revenue";
    await series.write(id, points(0, 1.5, 2.5), at(0), at(1));
    const later = noon + 8 * WEEK;
    await series.write(id, [{ bucket: later, value: 3.5 }], later, later);
    const { first, values } = (await series.read(id))!.history;
    expect([first, values[0], values.at(-1)]).toEqual([at(1), 2.5, 3.5]);
  });

  test.each([
    ["main.ios.all.hour", 0.5],
    ["main.ios.all.hour.events.Order", -1],
    ["main.all.all.hour.revenue", Number.NaN],
    ["main.all.all.hour.revenue", 1e14],
  ])("%s refuses %d with the reason", async (id, value) => {
    await expect(series.write(id, points(0, value), noon, noon)).rejects.toThrow(
      /cannot be stored: an? (count|amount) is/,
    );
  });

  test("missing buckets at either end of a fetched range count as collected", async () => {
    await write(0, undefined, 7, undefined);
    expect(await series.read(ID)).toMatchObject({
      history: { first: noon, values: [undefined, 7, undefined] },
      collectedThrough: at(2),
    });
  });

  test("a revision replaces a count, also with a missing value", async () => {
    await write(0, 1, 2, 3, 4);
    await write(1, 20, undefined);
    expect((await series.read(ID))?.history.values).toEqual([1, 20, undefined, 4]);
  });

  test("writing the same data again changes nothing", async () => {
    await write(0, 1, 2, 3);
    await evaluated(2, Uint8Array.of(1));
    const before = await series.read(ID);
    await write(0, 1, 2, 3);
    await write(1, 2);
    expect(await series.read(ID)).toEqual(before);
  });

  test("buckets between two writes are missing", async () => {
    await write(0, 1);
    await write(3, 4);
    expect((await series.read(ID))?.history.values).toEqual([1, undefined, undefined, 4]);
  });

  test("a count of 8 weeks ago does not come back after a gap", async () => {
    await write(-1_344, ...Array.from({ length: 1_344 }, (_, i) => i));
    await write(99, 7);
    const { history, collectedThrough } = (await series.read(ID))!;
    expect(history.first).toBe(at(99) - 8 * WEEK + HOUR);
    expect(history.values.slice(0, 1_244)).toEqual(Array.from({ length: 1_244 }, (_, i) => 100 + i));
    expect(history.values.slice(1_244)).toEqual([...Array(99).fill(undefined), 7]);
    expect(collectedThrough).toBe(at(99));
  });

  test("a gap longer than the history removes all older data", async () => {
    await write(0, 1, 2, 3);
    await write(5_000, 7);
    expect((await series.read(ID))?.history.values).toEqual([...Array(1_343).fill(undefined), 7]);
  });

  test("of more data than the history holds, the newest is kept", async () => {
    await write(0, ...Array.from({ length: 2_000 }, (_, i) => i));
    const { history } = (await series.read(ID))!;
    expect(history.values).toEqual(Array.from({ length: 1_344 }, (_, i) => 656 + i));
  });

  test("data older than the history is removed", async () => {
    await write(0, 1);
    const before = await series.read(ID);
    await write(-2_000, 9, 9);
    expect(await series.read(ID)).toEqual(before);
  });

  test("a history may grow backward", async () => {
    await write(0, 1);
    await write(-3, 9);
    expect(await series.read(ID)).toMatchObject({
      history: { first: at(-3), values: [9, undefined, undefined, 1] },
      collectedThrough: at(0),
    });
  });

  test("days are kept for 56 weeks", async () => {
    const days = Array.from({ length: 400 }, (_, i) => ({ bucket: i * DAY, value: i }));
    await series.write("main.all.all.day", days, 0, 399 * DAY);
    const { history } = (await series.read("main.all.all.day"))!;
    expect(history).toEqual({ first: 8 * DAY, values: Array.from({ length: 392 }, (_, i) => 8 + i) });
  });

  test.each([
    ["negative", -1],
    ["a fraction", 1.5],
    ["no number", Number.NaN],
    ["too great", 4_294_967_295],
  ])("a count that is %s is refused and nothing is written", async (_, sessions) => {
    await expect(write(0, 1, sessions)).rejects.toThrow(/whole number/);
    expect(await series.read(ID)).toBeUndefined();
  });

  test("a point outside the written range or between two hours is refused", async () => {
    await expect(series.write(ID, points(5, 1), at(0), at(1))).rejects.toThrow(RangeError);
    await expect(series.write(ID, [{ bucket: noon + 1, value: 1 }], at(0), at(1))).rejects.toThrow(
      RangeError,
    );
  });

  test("a removed series is unknown and has no detector state", async () => {
    await write(0, 1);
    await evaluated(0, Uint8Array.of(1));
    await series.remove(ID);
    expect(await series.read(ID)).toBeUndefined();
    await write(0, 1);
    expect((await series.read(ID))?.state).toBeUndefined();
  });

  describe("the detector state of a series", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

    test("is returned byte for byte", async () => {
      await write(0, 1, 2, 3);
      await evaluated(1, bytes);
      expect((await series.read(ID))?.state).toEqual({ through: at(1), bytes });
    });

    test("is dropped when an earlier count changes", async () => {
      await write(0, 1, 2, 3);
      await evaluated(1, bytes);
      await write(1, 20, 3);
      expect((await series.read(ID))?.state).toBeUndefined();
    });

    test("stays when later counts change or the series grows", async () => {
      await write(0, 1, 2, 3);
      await evaluated(1, bytes);
      await write(0, 1, 2, 30, 4);
      expect((await series.read(ID))?.state).toEqual({ through: at(1), bytes });
    });

    test("is not stored when an earlier count changed while it was computed", async () => {
      await write(0, 1, 2, 3);
      const { revision } = (await series.read(ID))!;
      await write(1, 20);
      await series.saveState(ID, { through: at(1), bytes }, revision);
      expect((await series.read(ID))?.state).toBeUndefined();
    });

    test("is stored when the series only grew in the meantime", async () => {
      await write(0, 1, 2, 3);
      const { revision } = (await series.read(ID))!;
      await write(3, 4);
      await series.saveState(ID, { through: at(1), bytes }, revision);
      expect((await series.read(ID))?.state).toEqual({ through: at(1), bytes });
    });

    test("is not stored for a removed series or for buckets that were never collected", async () => {
      await series.saveState(ID, { through: at(1), bytes }, 0);
      expect(await series.read(ID)).toBeUndefined();
      await write(0, 1);
      await evaluated(1, bytes);
      expect((await series.read(ID))?.state).toBeUndefined();
    });
  });

  describe("the buckets to evaluate or request again", () => {
    test("the first known bucket that changed is returned until it was evaluated", async () => {
      await write(0, 1, 2, 3, 4);
      expect((await series.read(ID))?.revisedFrom).toBeUndefined();
      await write(2, 30, 4, 5);
      await write(1, 20, 30);
      const { revision, revisedFrom } = (await series.read(ID))!;
      expect(revisedFrom).toBe(at(1));
      expect(await series.noteEvaluated(ID, revision)).toBe(true);
      expect((await series.read(ID))?.revisedFrom).toBeUndefined();
    });

    test("a bucket that changes while it is evaluated is evaluated again", async () => {
      await write(0, 1, 2);
      const { revision } = (await series.read(ID))!;
      await write(1, 20);
      expect(await series.noteEvaluated(ID, revision)).toBe(false);
      expect((await series.read(ID))?.revisedFrom).toBe(at(1));
    });

    test("a history that only grows at either end is not revised", async () => {
      await write(0, 1);
      await write(1, 2);
      await write(-2, 8, 9);
      expect((await series.read(ID))?.revisedFrom).toBeUndefined();
    });

    test("the record of what was requested once more lasts until more is missing", async () => {
      await write(0, 1, undefined, 3, 4);
      await series.noteReasked(ID, at(3));
      expect((await series.read(ID))?.reaskedThrough).toBe(at(3));
      await write(2, undefined);
      expect((await series.read(ID))?.reaskedThrough).toBe(at(1));
      await series.remove(ID);
      await series.noteReasked(ID, at(3));
      expect(await series.read(ID)).toBeUndefined();
    });
  });

  test("two simultaneous writers leave the same result as one after the other", async () => {
    await write(0, ...Array(48).fill(1));
    await Promise.all(Array.from({ length: 48 }, (_, i) => write(i, i + 100, i + 101)));
    const { values } = (await series.read(ID))!.history;
    expect(values).toEqual(Array.from({ length: 49 }, (_, i) => 100 + i));
  });
});
