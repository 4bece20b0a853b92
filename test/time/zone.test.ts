import { expect, test } from "vitest";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { canonicalZone, zoneOffset } from "../../src/time/zone.ts";

test.each([
  ["UTC", "2026-06-16T12:00:00Z", 0],
  ["Europe/Berlin", "2026-03-29T00:59:59Z", HOUR],
  ["Europe/Berlin", "2026-03-29T01:00:00Z", 2 * HOUR],
  ["America/New_York", "2026-11-01T05:59:00Z", -4 * HOUR],
  ["America/New_York", "2026-11-01T06:00:00Z", -5 * HOUR],
  ["Asia/Kolkata", "2026-06-16T12:00:00Z", 5 * HOUR + 30 * MINUTE],
])("%s at %s", (zone, at, offset) => {
  expect(zoneOffset(zone, Date.parse(at))).toBe(offset);
});

test.each([
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Sao_Paulo",
  "Asia/Kathmandu",
  "Africa/Casablanca",
])("the clock of %s is right in every half hour of a year", (zone) => {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const utc = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "short", timeStyle: "short" });
  const wrong: string[] = [];
  for (let at = Date.UTC(2018, 0); at < Date.UTC(2019, 0); at += 30 * MINUTE) {
    if (utc.format(at + zoneOffset(zone, at)) !== format.format(at)) wrong.push(new Date(at).toISOString());
  }
  expect(wrong).toEqual([]);
});

test.each([
  ["US/Eastern", "America/New_York"],
  ["Europe/Kyiv", "Europe/Kiev"],
  ["asia/calcutta", "Asia/Calcutta"],
  ["Asia/Kolkata", "Asia/Calcutta"],
  ["Etc/UTC", "UTC"],
  ["GMT", "UTC"],
  [" europe/berlin ", "Europe/Berlin"],
  // The clock of the American east all year round; not Panama, whose name Intl gives it.
  ["EST", "EST"],
  ["cet", "CET"],
  ["+05:30", "+05:30"],
  ["Europe/Atlantis", undefined],
  ["constructor", undefined],
  ["", undefined],
])("the zone %j is stored as %s", (typed, name) => {
  expect(canonicalZone(typed)).toBe(name);
});
