import { readFileSync } from "node:fs";
import { DAY, HOUR, type Hour, type Instant } from "../../src/time/time.ts";
import { zoneOffset } from "../../src/time/zone.ts";

/** The sessions that begin in a UTC hour, before anything scripted happens to them. */
export type Counts = (hour: Hour) => number;

/** The real counts that come with the simulator; see `../data/CREDITS.md`. */
export const recordings = ["bike-rentals", "casual-bike-rentals", "cars", "pedestrians", "station"] as const;

export type Recording = (typeof recordings)[number];

/**
 * A year of real counts, moved by whole weeks so that its last day falls in the week before `endsAt`, and by the
 * clock of `zone`: what was counted at nine in the morning there is counted at nine in the morning here. Before and
 * after, the year repeats.
 */
export function recorded(name: Recording, { zone, endsAt }: { zone: string; endsAt: Instant }): Counts {
  const { lastDay, hours } = readRecording(name);
  const wallDay = (instant: Instant) => Math.floor((instant + zoneOffset(zone, instant)) / DAY);
  const anchor = wallDay(endsAt);
  const end = anchor - ((anchor - lastDay) % 7);
  return (hour) => {
    const wall = hour + zoneOffset(zone, hour);
    const back = (end - wallDay(hour)) * 24 + 23 - Math.floor((wall % DAY) / HOUR);
    return weekByWeek(hours, hours.length - 1 - back);
  };
}

/** Invented counts: a daily and a weekly rhythm by the clock of `zone`, with noise. The same seed, the same counts. */
export function generated({ seed, level, zone }: { seed: number; level: number; zone: string }): Counts {
  return (hour) => {
    const wall = hour + zoneOffset(zone, hour);
    const hourOfDay = (wall % DAY) / HOUR;
    const weekday = Math.floor(wall / DAY + 4) % 7;
    const daily = 0.15 + 0.85 * Math.sin((Math.PI * ((hourOfDay + 20) % 24)) / 24) ** 2;
    const weekly = weekday === 0 || weekday === 6 ? 0.75 : 1;
    const expected = level * daily * weekly * (1 + 0.03 * bell(seed, hour / HOUR));
    return Math.max(0, Math.round(expected + Math.sqrt(Math.max(0, expected)) * bell(seed + 1, hour / HOUR)));
  };
}

interface Year {
  /** Its last date, in days since 1970. */
  readonly lastDay: number;
  /** A multiple of 168 local hours. */
  readonly hours: readonly (number | undefined)[];
}

function readRecording(name: Recording): Year {
  const text = readFileSync(new URL(`../data/${name}.csv`, import.meta.url), "utf8");
  const days = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const hours = days.flatMap(([, ...counts]) =>
    counts.map((count) => (count === "" ? undefined : Number(count))),
  );
  return { lastDay: Date.parse(`${days.at(-1)![0]}`) / DAY, hours };
}

/** The count at a place of the repeating year; where it was never counted, that of the same hour a week before. */
function weekByWeek(hours: readonly (number | undefined)[], place: number): number {
  const around = ((place % hours.length) + hours.length) % hours.length;
  return hours[around] ?? weekByWeek(hours, around - 7 * 24);
}

/** A count around a mean that varies as independent events do; the same seed and place, the same count. */
export const scattered = (seed: number, place: number, mean: number): number =>
  Math.max(0, Math.round(mean + Math.sqrt(Math.max(0, mean)) * bell(seed, place)));

/** A number that looks drawn from a normal distribution, always the same for the same seed and place. */
export function bell(seed: number, place: number): number {
  const draws = Array.from({ length: 6 }, (_, i) => uniform(seed * 6 + i, place));
  // Six uniform numbers have a sum with variance 1/2.
  return (draws.reduce((a, b) => a + b, 0) - 3) * Math.SQRT2;
}

function uniform(seed: number, place: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(Math.floor(place) + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
