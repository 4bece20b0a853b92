import { beforeEach, describe, expect, test } from "vitest";
import type { Journal } from "../../src/pipeline/ports/audit.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { countedKinds } from "./kinds.ts";

const at = (hours: number) => noon + hours * HOUR;
const normal = (bucket: number) => ({ bucket, verdict: "normal" }) as const;

describe.each(countedKinds)("the record of evaluated buckets in %s", (_, open) => {
  let journal: Journal;
  beforeEach(() => {
    journal = open().journal;
  });

  test("is empty at first, and recording nothing leaves it empty", async () => {
    await journal.record("ios-us", []);
    expect(await journal.between("ios-us", 0, at(0))).toEqual([]);
  });

  test("returns the result of each bucket in order and omits buckets that were never recorded", async () => {
    const entries = [
      { bucket: at(0), verdict: "normal" },
      { bucket: at(1), verdict: "anomalous" },
      { bucket: at(4), verdict: "not-evaluated" },
    ] as const;
    await journal.record("ios-us", entries.toReversed());
    expect(await journal.between("ios-us", at(-50), at(50))).toEqual(entries);
    expect(await journal.between("ios-us", at(1), at(3))).toEqual([entries[1]]);
    expect(await journal.between("ios-us", at(1), at(4))).toEqual(entries.slice(1));
    expect(await journal.between("web", at(-50), at(50))).toEqual([]);
  });

  test("recording a bucket again replaces it", async () => {
    await journal.record("ios-us", [{ bucket: noon, verdict: "not-evaluated" }]);
    await journal.record("ios-us", [normal(noon)]);
    await journal.record("ios-us", [normal(noon)]);
    expect(await journal.between("ios-us", noon, noon)).toEqual([normal(noon)]);
  });

  test("goes back 90 days", async () => {
    const hours = Array.from({ length: 100 * 24 }, (_, i) => normal(at(i - 100 * 24 + 1)));
    await journal.record("ios-us", hours);
    expect(await journal.between("ios-us", 0, noon)).toEqual(hours.slice(-90 * 24));
  });

  test("keeps a result of 90 days ago apart from today's", async () => {
    await journal.record("ios-us", [normal(noon)]);
    expect(await journal.between("ios-us", noon + 90 * DAY, noon + 90 * DAY)).toEqual([]);
    expect(await journal.between("ios-us", noon - 90 * DAY, noon - 90 * DAY)).toEqual([]);
    expect(await journal.between("ios-us", noon - DAY, noon + 400 * DAY)).toEqual([normal(noon)]);
  });

  test("keeps days as well", async () => {
    const days = [0, 1, 2].map((day) => normal(Math.floor(noon / DAY) * DAY + day * DAY));
    await journal.record("daily", days);
    expect(await journal.between("daily", 0, noon + 9 * DAY)).toEqual(days);
  });

  test("keeps the results of two simultaneous writers", async () => {
    await Promise.all(Array.from({ length: 24 }, (_, i) => journal.record("ios-us", [normal(at(i))])));
    expect(await journal.between("ios-us", noon, at(30))).toHaveLength(24);
  });
});
