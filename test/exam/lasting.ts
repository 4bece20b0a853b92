import { type Recording, recorded } from "../../simulator/braze/counts.ts";
import { isNewNormal } from "../../src/incidents/incident.ts";
import { backtest } from "../../src/reports/backtest.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { type Bucket, bucketsBetween, HOUR, WEEK } from "../../src/time/time.ts";

/** What a watch posted within two weeks of a change that lasts. */
export interface Posted {
  /** New messages. */
  readonly opened: number;
  readonly reopened: number;
  /** Incidents said to be resolved, though the counts never came back. */
  readonly resolved: number;
  /** Incidents that ended at the new normal. */
  readonly accepted: number;
}

/** Hourly counts, and the hours from each of which on they are changed for good. */
export interface Changed {
  readonly name: string;
  readonly zone: string;
  readonly counts: (hour: Bucket) => number;
  readonly from: readonly Bucket[];
}

/** A Monday, 10:00 UTC. */
const MONDAY = Date.UTC(2026, 2, 2, 10);
const LEARNED = 8 * WEEK;
const WATCHED = 2 * WEEK;

/** A busy day and a night in which a few sessions an hour are counted, so that nights alone show nothing. */
export const DAY_SHAPE = [
  2, 1, 1, 1, 2, 6, 18, 40, 62, 70, 72, 74, 78, 74, 70, 68, 70, 76, 86, 96, 90, 66, 34, 10,
];

/** @param scatter 1: each count scatters as a Poisson count does. */
function invented(seed: number, scatter: number): Changed {
  const uniform = uniformFrom(seed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(Math.max(uniform(), 1e-4))) * Math.cos(2 * Math.PI * uniform());
  const hours = bucketsBetween(MONDAY - LEARNED, MONDAY + WATCHED, "hour");
  const counts = new Map(
    hours.map((hour) => {
      const mean = 5 * DAY_SHAPE[(hour / HOUR) % 24]!;
      return [hour, Math.max(0, Math.round(mean + normal() * Math.sqrt(mean) * scatter))];
    }),
  );
  const name = `invented, ${scatter} × random variation`;
  return { name, zone: "UTC", counts: (hour) => counts.get(hour)!, from: [MONDAY] };
}

/** The minimal standard generator of Park and Miller. */
export function uniformFrom(seed: number): () => number {
  let state = seed * 7_919 + 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A public series, changed from a Monday on: every fourth of its year, after eight weeks. */
function fromRecording(name: Recording, zone: string, lastDay: number): Changed {
  const end = Math.floor(lastDay / WEEK) * WEEK;
  const monday = end + ((MONDAY - end) % WEEK);
  const from = Array.from({ length: 10 }, (_, i) => monday - (4 + 4 * i) * WEEK);
  return { name, zone, counts: recorded(name, { zone, endsAt: lastDay }), from };
}

/** The recordings, each with its zone and a time on its last day. */
export const publicSeries = [
  { name: "bike-rentals", zone: "America/New_York", lastDay: Date.UTC(2012, 11, 31, 12) },
  { name: "casual-bike-rentals", zone: "America/New_York", lastDay: Date.UTC(2012, 11, 31, 12) },
  { name: "pedestrians", zone: "Australia/Melbourne", lastDay: Date.UTC(2016, 11, 31, 12) },
  { name: "station", zone: "Australia/Melbourne", lastDay: Date.UTC(2016, 11, 31, 12) },
  { name: "cars", zone: "America/Chicago", lastDay: Date.UTC(2018, 8, 30, 12) },
] as const;

/** Invented and public series, each changed several times. */
export const changedSeries: readonly (readonly Changed[])[] = [
  ...[1, 1.4, 2].map((scatter) => Array.from({ length: 20 }, (_, i) => invented(i + 1, scatter))),
  ...publicSeries.map(({ name, zone, lastDay }) => [fromRecording(name, zone, lastDay)]),
];

/** What is posted about each change by a factor. */
export const postedAbout = (factor: number, { zone, counts, from }: Changed): Posted[] =>
  from.map((change) => {
    const first = change - LEARNED;
    const values = bucketsBetween(first, change + WATCHED, "hour").map((hour) =>
      hour < change ? counts(hour) : Math.round(counts(hour) * factor),
    );
    const { alerts } = backtest({ first, values }, { unit: "hour", zone }, defaultRules);
    const concerned = alerts.filter(
      ({ incident: { openedAt, direction } }) =>
        openedAt >= change && direction === (factor < 1 ? "drop" : "spike"),
    );
    const count = (what: string) => concerned.filter((alert) => alert.what === what).length;
    const accepted = concerned.filter(
      ({ what, incident }) => what === "resolved" && isNewNormal(incident),
    ).length;
    return {
      opened: count("opened"),
      reopened: count("reopened"),
      resolved: count("resolved") - accepted,
      accepted,
    };
  });

export const lastingHead: readonly string[] = [
  "",
  "changes",
  "new messages, median / most",
  "reopened, most",
  "resolved though never back, median / most",
  "new normal within two weeks",
];

/** What is posted about half of the counts being gone for good, as rows of a table. */
export const lastingRows = (factor = 0.5): string[][] =>
  changedSeries.map((alike) => {
    const posted = alike.flatMap((changed) => postedAbout(factor, changed));
    const of = (key: keyof Posted) => posted.map((one) => one[key]).sort((a, b) => a - b);
    const medianAndMost = (key: keyof Posted) => `${medianOf(of(key))} / ${of(key).at(-1)}`;
    return [
      alike[0]!.name,
      String(posted.length),
      medianAndMost("opened"),
      String(of("reopened").at(-1)),
      medianAndMost("resolved"),
      String(posted.filter(({ accepted }) => accepted > 0).length),
    ];
  });

/** The middle one of sorted numbers. */
const medianOf = (sorted: readonly number[]): number => sorted[sorted.length >> 1]!;
