import { describe, expect, test } from "vitest";
import { firstArrived, stillAwaited, withoutUnsure } from "../../src/series/late-data.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const at = (hours: number) => noon + hours * HOUR;
/** From noon on. */
const history = (...values: (number | undefined)[]) => ({ first: noon, values });
const gone = undefined;

describe("an hour that Tidewatch gave up on", () => {
  test("has arrived when it has a count, even zero", () => {
    expect(firstArrived([at(0), at(1)], history(gone, 0, 5), "hour")).toBe(at(1));
    expect(firstArrived([at(0)], history(gone, 0, 5), "hour")).toBeUndefined();
  });

  test("is awaited until it arrives", () => {
    expect(stillAwaited([at(0), at(1)], history(gone, 7, 8), at(2), at(2), "hour")).toEqual([at(0)]);
    expect(stillAwaited([at(0)], history(6, 7, 8), at(2), at(2), "hour")).toBeUndefined();
  });

  test("is recorded when it is skipped", () => {
    expect(stillAwaited([], history(6, gone, 8, gone), at(1), at(3), "hour")).toEqual([at(1), at(3)]);
  });

  test("is awaited anew where everything from before it is evaluated again", () => {
    expect(stillAwaited([at(1), at(2)], history(6, 7, gone), at(1), at(2), "hour")).toEqual([at(2)]);
  });

  test("is awaited for two days", () => {
    const long = history(gone, ...Array.from({ length: 47 }, () => 9), gone);
    expect(stillAwaited([at(0)], long, at(47), at(47), "hour")).toEqual([at(0)]);
    expect(stillAwaited([at(0)], long, at(48), at(48), "hour")).toEqual([at(48)]);
  });

  test("stays missing while it is the newest hour, because its count may be partial", () => {
    expect(withoutUnsure([at(1)], history(6, 2, gone), "hour").values).toEqual([6, gone, gone]);
    expect(withoutUnsure([at(1)], history(6, 7, 1), "hour").values).toEqual([6, 7, 1]);
    expect(withoutUnsure([], history(6, 2), "hour").values).toEqual([6, 2]);
  });

  test("may be a day", () => {
    expect(stillAwaited([], { first: noon, values: [gone, 5] }, noon, noon + DAY, "day")).toEqual([noon]);
  });
});
