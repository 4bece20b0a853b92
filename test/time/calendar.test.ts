import { describe, expect, test } from "vitest";
import { bucketAt, dayKindOf, endOf, restDayOf, weekCellOf } from "../../src/time/calendar.ts";
import { canonicalPlace, placeOfZone } from "../../src/time/holidays.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { canonicalZone } from "../../src/time/zone.ts";

test.each([
  ["Berlin", "Europe/Berlin", "2026-06-16T12:00:00Z", 24 + 14],
  ["New York, still on Monday", "America/New_York", "2026-06-16T02:00:00Z", 22],
  ["Kolkata, where hours begin at the half", "Asia/Kolkata", "2026-06-16T12:00:00Z", 24 + 17],
])("the hour of the week in %s", (_, zone, at, cell) => {
  expect(weekCellOf(Date.parse(at), "hour", zone)).toBe(cell);
});

test.each([
  ["hour", "Asia/Kolkata", "2026-06-16T12:40:00Z", "2026-06-16T12:00:00Z"],
  ["day", "UTC", "2026-06-16T00:00:00Z", "2026-06-16T00:00:00Z"],
  ["day", "Europe/Berlin", "2026-06-15T22:00:00Z", "2026-06-16T00:00:00Z"],
  ["day", "Asia/Kolkata", "2026-06-15T18:30:00Z", "2026-06-16T00:00:00Z"],
  ["day", "America/New_York", "2026-06-17T03:59:00Z", "2026-06-16T00:00:00Z"],
] as const)("the %s by the clock of %s at %s is %s", (unit, zone, at, bucket) => {
  expect(bucketAt(Date.parse(at), unit, zone)).toBe(Date.parse(bucket));
});

test.each([
  ["hour", "Europe/Berlin", "2026-06-16T12:00Z", "2026-06-16T13:00Z"],
  ["day", "Europe/Berlin", "2026-06-16T00:00Z", "2026-06-16T22:00Z"],
  ["day", "America/New_York", "2026-06-16T00:00Z", "2026-06-17T04:00Z"],
  // The night before a Sunday on which clocks change there at two.
  ["day", "Pacific/Auckland", "2026-09-26T00:00Z", "2026-09-26T12:00Z"],
  ["day", "Pacific/Auckland", "2026-04-04T00:00Z", "2026-04-04T11:00Z"],
] as const)("the %s by the clock of %s from %s on is over at %s", (unit, zone, bucket, end) => {
  expect(endOf(Date.parse(bucket), unit, zone)).toBe(Date.parse(end));
});

test("days are counted from Monday, whatever the zone", () => {
  expect(weekCellOf(Date.UTC(2026, 5, 15), "day", "Pacific/Auckland")).toBe(0);
  expect(weekCellOf(Date.UTC(2026, 5, 21), "day", "America/Los_Angeles")).toBe(6);
});

test("a skipped clock hour has no season index, and a repeated one has the same index twice", () => {
  const cells = (from: number) =>
    [0, 1, 2, 3].map((i) => weekCellOf(from + i * HOUR, "hour", "Europe/Berlin") % 24);
  expect(cells(Date.UTC(2026, 2, 29, 0))).toEqual([1, 3, 4, 5]);
  expect(cells(Date.UTC(2026, 9, 25, 0))).toEqual([2, 2, 3, 4]);
});

describe("the calendar of a place", () => {
  test.each<[string, string | undefined, string, string, string]>([
    ["Europe/Berlin", undefined, "2026-05-01", "holiday", "Labour Day"],
    ["Europe/London", undefined, "2026-08-31", "holiday", "a bank holiday of England"],
    ["Australia/Melbourne", undefined, "2026-11-03", "holiday", "the Melbourne Cup"],
    ["America/New_York", undefined, "2026-11-26", "holiday", "Thanksgiving"],
    ["America/New_York", undefined, "2026-11-27", "bridge", "the Friday after it"],
    ["America/New_York", undefined, "2026-12-29", "holiday", "between the years"],
    ["America/New_York", undefined, "2026-02-14", "ordinary", "Valentine's Day, which nobody has off"],
    ["America/New_York", "DE", "2026-07-04", "ordinary", "another country's Independence Day"],
    ["Asia/Tokyo", undefined, "2026-12-29", "ordinary", "where Christmas is no holiday"],
    ["UTC", undefined, "2026-12-25", "ordinary", "nowhere"],
    ["UTC", "IL", "2026-09-21", "holiday", "Yom Kippur, of the country where the zone has none"],
    ["Asia/Jerusalem", undefined, "2026-09-20", "eve", "the eve of Yom Kippur"],
    ["Asia/Jerusalem", undefined, "2026-09-12", "holiday", "Rosh Hashanah"],
    ["Asia/Jerusalem", undefined, "2027-06-10", "eve", "a Thursday before the Feast of Weeks, not a bridge"],
    ["Asia/Jerusalem", undefined, "2026-04-09", "bridge", "a Thursday between Passover and the weekend"],
    ["Asia/Riyadh", undefined, "2026-09-24", "bridge", "a Thursday between the National Day and the weekend"],
    ["Asia/Riyadh", undefined, "2026-09-25", "ordinary", "a Friday, which is the weekend itself"],
    [
      "Asia/Dubai",
      undefined,
      "2027-12-03",
      "bridge",
      "a Friday after the National Day, since the weekend moved",
    ],
    ["Asia/Kolkata", undefined, "2026-10-03", "bridge", "a Saturday between Gandhi Jayanti and a Sunday"],
    ["Europe/Istanbul", undefined, "2026-03-19", "eve", "the eve of the feast after Ramadan"],
  ])("%s (%s) on %s: %s, %s", (zone, country, date, kind) => {
    expect(dayKindOf(Date.parse(`${date}T00:00Z`), "day", zone, country)).toBe(kind);
  });

  test("follows its own midnight", () => {
    const midnight = Date.parse("2026-11-26T05:00Z");
    expect(dayKindOf(midnight - HOUR, "hour", "America/New_York")).toBe("ordinary");
    expect(dayKindOf(midnight, "hour", "America/New_York")).toBe("holiday");
    expect(dayKindOf(midnight + DAY, "hour", "America/New_York")).toBe("bridge");
  });
});

test.each([
  ["US/Eastern", "2026-07-03"],
  ["us/pacific", "2026-11-26"],
  ["Europe/Kyiv", "2026-08-24"],
  ["Europe/Kiev", "2026-08-24"],
  ["asia/calcutta", "2026-01-26"],
  ["Asia/Kolkata", "2026-01-26"],
  ["Europe/Zagreb", "2026-08-05"],
])("the time zone %s keeps its holidays, such as %s", (zone, date) => {
  expect(dayKindOf(Date.parse(`${date}T00:00Z`), "day", zone)).toBe("holiday");
});

test("every zone of Europe, America and Africa in a form has the holidays of a country", () => {
  const none = Intl.supportedValuesOf("timeZone").filter((zone) => placeOfZone(zone) === undefined);
  expect(none.filter((zone) => /^(Europe|America|Africa)\//.test(zone))).toEqual([]);
});

test.each([
  ["Europe/Helsinki", "FI"],
  ["Europe/Zagreb", "HR"],
  ["Europe/Belgrade", "RS"],
  ["Africa/Kampala", "UG"],
  ["US/Eastern", "US"],
  ["EST", undefined],
  ["UTC", undefined],
  ["Australia/Melbourne", "AU-VIC"],
  ["America/Toronto", "CA"],
  ["Antarctica/Vostok", undefined],
])("most people in %s live in %s", (zone, place) => {
  expect(placeOfZone(zone)).toBe(place);
});

test.each([
  ["Europe/Berlin", undefined, 6],
  ["America/New_York", undefined, 6],
  ["Asia/Kolkata", undefined, 6],
  ["Asia/Calcutta", undefined, 6],
  ["Asia/Dubai", undefined, 6],
  ["Asia/Jerusalem", undefined, 5],
  ["Israel", undefined, 5],
  ["Asia/Riyadh", undefined, 5],
  ["Africa/Cairo", undefined, 5],
  ["Asia/Tehran", undefined, 4],
  ["UTC", undefined, 6],
  ["UTC", "IL", 5],
  ["Europe/Berlin", "SA", 5],
  ["America/New_York", "US-NY", 6],
])("the day of rest in %s (%s) is day %d of the week, counted from Monday", (zone, country, day) => {
  expect(restDayOf(zone, country)).toBe(day);
});

test.each([
  ["DE", "DE"],
  ["de-by", "DE-BY"],
  ["Germany", "DE"],
  ["Deutschland", "DE"],
  ["germany-Bayern", "DE-BY"],
  ["Bayern", undefined],
  ["Deutschland-Bayern", "DE-BY"],
  ["UK", "GB"],
  ["United Kingdom", "GB"],
  ["united states", "US"],
  ["España", "ES"],
  ["espana", "ES"],
  ["Guinea-Bissau", "GW"],
  ["Israel", "IL"],
  ["ישראל", "IL"],
  ["Côte d’Ivoire", "CI"],
  ["AU-VIC", "AU-VIC"],
  ["Australia-Victoria", "AU-VIC"],
  ["Atlantis", undefined],
  ["XX", undefined],
  ["DE-XX", undefined],
  ["", undefined],
  ["constructor", undefined],
])("the country %j is stored as %s", (typed, place) => {
  expect(canonicalPlace(typed)).toBe(place);
});

test("every zone that Unicode knows, by any of its names, has the holidays and the weekend of its canonical name", () => {
  const aliases = [
    "Asia/Calcutta",
    "Europe/Kyiv",
    "US/Eastern",
    "PRC",
    "ROK",
    "Eire",
    "GB",
    "Japan",
    "Turkey",
    "Iran",
  ];
  for (const zone of [...Intl.supportedValuesOf("timeZone"), ...aliases]) {
    expect(placeOfZone(zone)).toBe(placeOfZone(canonicalZone(zone)!));
    expect(restDayOf(zone)).toBe(restDayOf(canonicalZone(zone)!));
  }
});
