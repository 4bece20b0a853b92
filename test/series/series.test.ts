import { expect, test } from "vitest";
import { isPartOf, type SeriesRef, seriesId, seriesRef } from "../../src/series/series.ts";

const ios: SeriesRef = { workspace: "main", app: "ios", unit: "hour" };

test("a series that names its metric and one that leaves it to the default are one series", () => {
  expect(seriesId({ ...ios, metric: "sessions" })).toBe(seriesId(ios));
  expect(seriesRef(seriesId(ios))).toEqual(ios);
  expect(isPartOf({ ...ios, metric: "sessions", segment: "us" }, ios)).toBe(true);
});
