import { describe, expect, test } from "vitest";
import { withEmptyHours } from "../../../../src/adapters/braze/answers/empty-hours.ts";
import { hourPage, type Page } from "../../../../src/adapters/braze/answers/rows.ts";
import { bucketName, HOUR } from "../../../../src/time/time.ts";

const NEW_YORK = "America/New_York";
const late = Date.UTC(2026, 10, 2);

const rows = (...lines: [string, number][]) =>
  lines.map(([time, value]) => ({ time: `2026-11-01T${time}`, value }));

const lastNotified = (page: Page) =>
  [...page.counts]
    .sort(([a], [b]) => a - b)
    .map(([bucket, { value }]) => `${bucketName(bucket, "hour").slice(11)}=${value}`)
    .join(" ");

describe("the two hours of a repeated clock hour", () => {
  test.each([
    ["oldest first", rows(["00:00", 1], ["01:00", 2], ["01:00", 3], ["02:00", 4]), "04=1 05=2 06=3 07=4"],
    ["newest first", rows(["02:00", 4], ["01:00", 3], ["01:00", 2], ["00:00", 1]), "04=1 05=2 06=3 07=4"],
    [
      "in no order nobody knows which is which",
      rows(["02:00", 4], ["01:00", 3], ["00:00", 1], ["01:00", 2], ["03:00", 5]),
      "04=1 07=4 08=5",
    ],
    [
      "in no order but alike",
      rows(["02:00", 4], ["01:00", 3], ["00:00", 1], ["01:00", 3], ["03:00", 5]),
      "04=1 05=3 06=3 07=4 08=5",
    ],
    ["as one row it may be either, or both", rows(["00:00", 1], ["01:00", 5], ["02:00", 4]), "04=1 07=4"],
    ["three times is nonsense", rows(["00:00", 1], ["01:00", 5], ["01:00", 6], ["01:00", 7]), "04=1"],
  ])("%s", (_, answer, hours) => {
    expect(lastNotified(hourPage(answer, NEW_YORK, late))).toBe(hours);
  });

  test("as a single row, the repeated hour is the earlier one when the later one was not requested", () => {
    const page = hourPage(rows(["00:00", 1], ["01:00", 5]), NEW_YORK, Date.UTC(2026, 10, 1, 5, 35));
    expect(lastNotified(page)).toBe("04=1 05=5");
  });
});

test("an hour that appears twice with equal counts is read once, and with different counts it is unknown", () => {
  expect(lastNotified(hourPage(rows(["00:00Z", 1], ["01:00Z", 2], ["01:00Z", 2]), "UTC", late))).toBe(
    "00=1 01=2",
  );
  expect(lastNotified(hourPage(rows(["00:00Z", 1], ["01:00Z", 2], ["01:00Z", 3]), "UTC", late))).toBe("00=1");
});

test("an hour that begins inside a UTC hour is named after that UTC hour and ends one hour after its own start", () => {
  const page = hourPage(rows(["10:00", 7]), "Asia/Kolkata", late);
  expect(lastNotified(page)).toBe("04=7");
  expect(page.counts.get(Date.UTC(2026, 10, 1, 4))?.ends).toBe(Date.UTC(2026, 10, 1, 5, 30));
});

test("a row for an hour that the clock skips is dropped", () => {
  const answer = ["01", "02", "03"].map((hour) => ({
    time: `2026-03-08T${hour}:00:00`,
    value: Number(hour),
  }));
  expect(lastNotified(hourPage(answer, NEW_YORK, late))).toBe("06=1 07=3");
});

describe("missing hours, where a missing hour means zero sessions", () => {
  test.each([
    ["between others are zero", rows(["00:00Z", 1], ["03:00Z", 2]), "UTC", "00=1 01=0 02=0 03=2"],
    ["none at the ends", rows(["05:00Z", 1]), "UTC", "05=1"],
    ["none of no rows", [], "UTC", ""],
    ["but not the unclear ones", rows(["00:00", 1], ["01:00", 5], ["03:00", 4]), NEW_YORK, "04=1 07=0 08=4"],
  ])("%s", (_, answer, zone, hours) => {
    expect(lastNotified(withEmptyHours(hourPage(answer, zone, late)))).toBe(hours);
  });

  test("no missing hour is read as zero while a row could not be placed", () => {
    const answer = ["01", "02", "06"].map((hour) => ({ time: `2026-03-08T${hour}:00:00`, value: 1 }));
    expect(withEmptyHours(hourPage(answer, NEW_YORK, late)).counts.size).toBe(2);
  });

  test("in half-hour time zones, missing hours end half an hour later too", () => {
    const page = withEmptyHours(hourPage(rows(["10:00", 7], ["12:00", 8]), "Asia/Kolkata", late));
    expect(page.counts.get(Date.UTC(2026, 10, 1, 5))).toEqual({
      value: 0,
      ends: Date.UTC(2026, 10, 1, 5) + 1.5 * HOUR,
    });
  });
});
