import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { switchValues } from "../../../../simulator/braze/switches.ts";
import { timeText } from "../../../../simulator/braze/time-text.ts";
import { dateOf, instantsOf } from "../../../../src/adapters/braze/answers/time-text.ts";
import { HOUR, hourOf } from "../../../../src/time/time.ts";

const NEW_YORK = "America/New_York";
const read = (text: string, zone = "UTC") =>
  instantsOf(text, zone)?.map((instant) => new Date(instant).toISOString().slice(0, 16));

describe("every notation of an hour is read", () => {
  test.each([
    ["2026-06-16T12:00:00", "UTC", ["2026-06-16T12:00"]],
    ["2026-06-16T12:00:00", NEW_YORK, ["2026-06-16T16:00"]],
    ["2026-06-16T12:00:00.000", NEW_YORK, ["2026-06-16T16:00"]],
    ["2026-06-16T12:00:00", "Asia/Kolkata", ["2026-06-16T06:30"]],
    ["2026-06-16T12:00", "UTC", ["2026-06-16T12:00"]],
    ["2026-06-16 12:00:00", "UTC", ["2026-06-16T12:00"]],
    ["2026-06-16", "UTC", ["2026-06-16T00:00"]],
    ["2026-06-16T12:00:00Z", NEW_YORK, ["2026-06-16T12:00"]],
    ["2026-06-16t12:00:00z", NEW_YORK, ["2026-06-16T12:00"]],
    ["2026-06-16T12:00:00.123456Z", NEW_YORK, ["2026-06-16T12:00"]],
    ["2026-06-16T12:00:00+00:00", NEW_YORK, ["2026-06-16T12:00"]],
    ["2026-06-16T12:00:00-05:00", "UTC", ["2026-06-16T17:00"]],
    ["2026-06-16T12:00:00-5:00", "UTC", ["2026-06-16T17:00"]],
    ["2026-06-16T12:00:00.000-5:00", "UTC", ["2026-06-16T17:00"]],
    ["2026-06-16T12:00:00-0500", "UTC", ["2026-06-16T17:00"]],
    ["2026-06-16T12:00:00-05", "UTC", ["2026-06-16T17:00"]],
    ["2026-06-16T12:00:00+5:30", "UTC", ["2026-06-16T06:30"]],
    ["2026-06-16T00:00:00+14:00", "UTC", ["2026-06-15T10:00"]],
  ])("%s in %s", (text, zone, instants) => {
    expect(read(text, zone)).toEqual(instants);
  });
});

describe("a change of clocks", () => {
  test.each([
    ["leaves an hour out", "2026-03-08T02:00:00", NEW_YORK, []],
    ["the hour before it", "2026-03-08T01:00:00", NEW_YORK, ["2026-03-08T06:00"]],
    ["the hour after it", "2026-03-08T03:00:00", NEW_YORK, ["2026-03-08T07:00"]],
    ["doubles an hour", "2026-11-01T01:00:00", NEW_YORK, ["2026-11-01T05:00", "2026-11-01T06:00"]],
    ["the hour before the doubled", "2026-11-01T00:00:00", NEW_YORK, ["2026-11-01T04:00"]],
    ["the hour after the doubled", "2026-11-01T02:00:00", NEW_YORK, ["2026-11-01T07:00"]],
    [
      "doubles an hour down under",
      "2026-04-05T02:00:00",
      "Australia/Sydney",
      ["2026-04-04T15:00", "2026-04-04T16:00"],
    ],
    ["does not touch a time with an offset", "2026-11-01T01:00:00-05:00", NEW_YORK, ["2026-11-01T06:00"]],
  ])("%s", (_, text, zone, instants) => {
    expect(read(text, zone)).toEqual(instants);
  });
});

test.each([
  "",
  "soon",
  "1750075200",
  "2026-06-16T",
  "2026-06-16T25:00:00Z",
  "2026-06-16T12:60:00Z",
  "2026-02-30T12:00:00Z",
  "2026-13-01T12:00:00Z",
  "0026-06-16T12:00:00Z",
  "2026-06-16T12:00:00+99:00",
  "2026-06-16T12:00:00 EST",
  "16/06/2026 12:00",
  "2026-06-16T12:00:00Z\n",
])("%j is not a time", (text) => {
  expect(instantsOf(text, "UTC")).toBeUndefined();
});

test.each([
  ["2026-06-16", NEW_YORK, "2026-06-16"],
  ["2026-06-16T00:00:00Z", NEW_YORK, "2026-06-16"],
  ["2026-06-16T00:00:00-04:00", NEW_YORK, "2026-06-16"],
  ["2026-06-15T14:00:00Z", "Australia/Melbourne", "2026-06-16"],
  ["2026-06-16T04:00:00Z", NEW_YORK, "2026-06-16"],
])("the day %s by the clock of %s is %s", (text, zone, date) => {
  expect(dateOf(text, zone)).toBe(Date.parse(date));
});

test.each(["yesterday", "2026-02-30", "2026-02-30T00:00:00Z"])("%j is not a day", (text) => {
  expect(dateOf(text, "UTC")).toBeUndefined();
});

const zones = [
  "UTC",
  NEW_YORK,
  "Europe/Berlin",
  "Australia/Sydney",
  "America/Sao_Paulo",
  "Asia/Kathmandu",
  "Asia/Kolkata",
];

test("whatever notation an hour is written in, reading it returns that hour among the candidates", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) }).map(hourOf),
      fc.constantFrom(...zones),
      fc.constantFrom(...switchValues.timeForm),
      (hour, zone, form) => {
        const instants = instantsOf(timeText(hour, "hour", zone, form), zone)!;
        expect(instants).toContain(hour);
        if (!form.startsWith("naive")) expect(instants).toEqual([hour]);
        if (instants.length === 2) expect(instants[1]! - instants[0]!).toBe(HOUR);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("no text makes the reader throw or return a year before 1970", () => {
  const almost = fc.stringMatching(
    /^\d{4}-\d{2}-\d{2}[T ]?(\d{2}:\d{2}(:\d{2})?)?([.,]\d{0,12})?([Zz]|[+-]\d{1,4}:?\d{0,2})?$/,
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), almost), fc.constantFrom(...zones), (text, zone) => {
      for (const instant of instantsOf(text, zone) ?? []) expect(instant).toBeGreaterThan(-24 * HOUR);
      dateOf(text, zone);
    }),
    { numRuns: 2_000 },
  );
});
