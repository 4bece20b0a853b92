import { describe, expect, test } from "vitest";
import { metricNames, metricOf } from "../../src/metrics/metrics.ts";
import { unreadable } from "../../src/series/readable.ts";
import { isItemName, isPartOf, type SeriesRef, seriesId, seriesRef } from "../../src/series/series.ts";

const ios: SeriesRef = { workspace: "main", app: "ios", unit: "hour" };

test("a series that names its metric and one that leaves it to the default are one series", () => {
  expect(seriesId({ ...ios, metric: "sessions" })).toBe(seriesId(ios));
  expect(seriesRef(seriesId(ios))).toEqual(ios);
  expect(isPartOf({ ...ios, metric: "sessions", segment: "us" }, ios)).toBe(true);
});

test.each(["Order Completed", "a.b.c", "50% off & more: {now}!", "注文 完了", "~!*'()", "hour", "%2E"])(
  "the id of a series of %s names it and nothing else, without a character that divides ids or keys",
  (item) => {
    const series: SeriesRef = { workspace: "main", metric: "events", item, app: "ios", unit: "hour" };
    expect(seriesRef(seriesId(series))).toEqual(series);
    expect(seriesId(series).split(".")).toHaveLength(6);
    expect(seriesId(series)).not.toMatch(/[\s:{}]/);
  },
);

test.each([
  "main.ios.all.hour.steps",
  "main.ios.all.hour.events.",
  "main.ios.all.hour.events.%E0%A4%A",
  "main.ios",
])("%s is refused as the id of a series", (id) => {
  expect(() => seriesRef(id)).toThrow("does not name a series");
});

test("the purchases of one product are a part of all purchases, and no part of other metrics", () => {
  const all: SeriesRef = { workspace: "main", metric: "purchases", unit: "hour" };
  expect(isPartOf({ ...all, item: "Rice Bowl" }, all)).toBe(true);
  expect(isPartOf({ ...all, item: "Rice Bowl", app: "ios" }, { ...all, item: "Rice Bowl" })).toBe(true);
  expect(isPartOf({ ...all, item: "Soup", app: "ios" }, { ...all, item: "Rice Bowl" })).toBe(false);
  expect(isPartOf({ ...all, metric: "revenue", item: "Rice Bowl" }, all)).toBe(false);
});

test("a name of an event or product has 1 to 255 printable characters", () => {
  expect(["Order", "x".repeat(255)].map(isItemName)).toEqual([true, true]);
  expect(["", "  ", "a\nb", "\ud800", "x".repeat(256)].map(isItemName)).toEqual(Array(5).fill(false));
});

describe("a series that Braze cannot count is refused with the part that is wrong", () => {
  test.each([
    [{ metric: "sessions", item: "Order", unit: "hour" }, "item"],
    [{ metric: "events", unit: "hour" }, "item"],
    [{ metric: "events", item: "x".repeat(256), unit: "hour" }, "item"],
    [{ metric: "segment-size", unit: "day" }, "segment"],
    [{ metric: "segment-size", segment: "us", app: "ios", unit: "day" }, "app"],
    [{ metric: "purchases", segment: "us", unit: "hour" }, "segment"],
    [{ metric: "dau", unit: "hour" }, "unit"],
    [{ metric: "sends", unit: "day" }, "item"],
    [{ metric: "sends", item: "Summer Sale", unit: "day" }, "item"],
    [{ metric: "canvas-entries", item: "0-1", app: "ios", unit: "day" }, "app"],
    [{ metric: "email-bounces", item: "0-1", unit: "hour" }, "unit"],
  ] as const)("%j: %s", (series, field) => {
    expect(unreadable(series)?.field).toBe(field);
  });

  test.each(metricNames)("%s is accepted in its plainest form", (metric) => {
    const day = { metric, unit: "day" } as const;
    const whole = metricOf({ metric }).item?.isRequired
      ? { ...day, item: "Order" }
      : metric === "segment-size"
        ? { ...day, segment: "us" }
        : day;
    expect(unreadable(whole)).toBeUndefined();
  });
});
