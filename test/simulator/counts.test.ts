import { describe, expect, test } from "vitest";
import { generated, recorded, recordings } from "../../simulator/braze/counts.ts";
import { combinations } from "../../simulator/braze/switches.ts";
import { fastClock } from "../../simulator/clock.ts";
import { bucketsBetween, DAY, HOUR, WEEK } from "../../src/time/time.ts";

const now = Date.UTC(2026, 10, 24, 2);
const berlin = "Europe/Berlin";

describe.each(recordings)("the recording %s", (name) => {
  const counts = recorded(name, { zone: berlin, endsAt: now });

  test("has a count for every hour of eight weeks, and few are zero", () => {
    const hours = bucketsBetween(now - 8 * WEEK, now, "hour").map(counts);
    expect(hours.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
    expect(hours.filter((count) => count === 0).length).toBeLessThan(hours.length / 8);
  });

  test("repeats after 52 weeks by the local clock", () => {
    const noon = Date.UTC(2026, 10, 10, 11);
    expect(counts(noon + 52 * WEEK)).toBe(counts(noon));
    expect(counts(noon - 104 * WEEK)).toBe(counts(noon));
  });

  test("is low at three in the morning local time", () => {
    for (const zone of [berlin, "America/New_York", "Asia/Kolkata"]) {
      const local = recorded(name, { zone, endsAt: now });
      const three = meanAt(local, zone, 3);
      expect(three).toBeLessThan(0.4 * meanAt(local, zone, 17));
    }
  });
});

test("the last day of a recording keeps its weekday in the week before the end", () => {
  // The last line of cars.csv is Sunday, 30 September 2018: 954 cars in its last hour.
  const counts = recorded("cars", { zone: "UTC", endsAt: now });
  const sunday = Date.UTC(2026, 10, 22, 23);
  expect(counts(sunday)).toBe(954);
});

test("generated counts follow their seed, their level and the local day", () => {
  const hours = bucketsBetween(now - 4 * WEEK, now, "hour");
  const one = generated({ seed: 1, level: 500, zone: berlin });
  expect(hours.map(one)).toEqual(hours.map(generated({ seed: 1, level: 500, zone: berlin })));
  expect(hours.map(one)).not.toEqual(hours.map(generated({ seed: 2, level: 500, zone: berlin })));
  expect(meanAt(one, berlin, 16)).toBeGreaterThan(3 * meanAt(one, berlin, 4));
  expect(Math.max(...hours.map(one))).toBeLessThan(700);
  expect(hours.map(generated({ seed: 3, level: 0, zone: berlin })).every((count) => count === 0)).toBe(true);
});

test("a fast clock passes an hour in about a second and never runs backward", () => {
  const clock = fastClock(now, 3_600_000);
  const first = clock();
  let last = first;
  while (last < now + DAY) {
    const next = clock();
    expect(next).toBeGreaterThanOrEqual(last);
    last = next;
  }
  expect(first).toBeGreaterThanOrEqual(now);
});

test("fixed switches stay fixed, and the others vary", () => {
  const some = combinations({ timeForm: "z", order: "ascending", history: "endless" });
  expect(some).toHaveLength(2_688 / 28);
  expect(new Set(some.map(({ timeForm }) => timeForm))).toEqual(new Set(["z"]));
});

/** The mean count of four weeks at an hour of the local clock. */
function meanAt(counts: (hour: number) => number, zone: string, hourOfDay: number): number {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, hour: "numeric", hourCycle: "h23" });
  const hours = bucketsBetween(now - 4 * WEEK, now - HOUR, "hour").filter(
    (hour) => Number(format.format(hour)) === hourOfDay,
  );
  return hours.reduce((sum, hour) => sum + counts(hour), 0) / hours.length;
}
