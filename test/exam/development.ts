import { bell, recorded } from "../../simulator/braze/counts.ts";
import { fingerprint } from "../../src/series/fingerprint.ts";
import {
  type Bucket,
  bucketsBetween,
  DAY,
  HOUR,
  type Hour,
  stepOf,
  type Unit,
  WEEK,
} from "../../src/time/time.ts";
import { zoneOffset } from "../../src/time/zone.ts";
import { publicSeries, uniformFrom } from "./lasting.ts";
import type { ExamIncident, ExamLabels } from "./score.ts";
import type { ExamSeries } from "./series.ts";

/** What a development series counts. */
export const subjects = ["days", "money"] as const;
export type Subject = (typeof subjects)[number];

/** A series of the exam with what was done to it. */
export interface Development {
  readonly exam: ExamSeries;
  readonly labels: ExamLabels;
}

/** How a subject's series are made. */
interface Plan {
  readonly unit: Unit;
  readonly kind: "count" | "money";
  /** What comes before the first injected incident, of the 52 weeks. */
  readonly learned: number;
  /** About how long after one incident the next begins. */
  readonly every: number;
  /** How many buckets an incident lasts. */
  readonly lengths: readonly number[];
  /** Shares of the people who are counted. */
  readonly shares: readonly number[];
  /** How often other incidents are injected into the same counts. */
  readonly versions: number;
}

const plans: Readonly<Record<Subject, Plan>> = {
  days: {
    unit: "day",
    kind: "count",
    learned: 12 * WEEK,
    every: 25 * DAY,
    lengths: [1, 3],
    shares: [1, 0.1, 0.01],
    versions: 4,
  },
  money: {
    unit: "hour",
    kind: "money",
    learned: 8 * WEEK,
    every: 10 * DAY,
    lengths: [1, 3, 12],
    shares: [0.1, 0.01],
    versions: 1,
  },
};

/** Shares that are lost or added. */
const MAGNITUDES = [-1, -0.7, -0.5, -0.3, 0.5, 1];

/** Amounts are log-normal: their logarithm varies by this much, and their mean is this. */
const SIGMA = 1;
const MEAN_AMOUNT = 25;

/** A year of public counts of people, by the day or turned into money, with drops and spikes injected by chance. */
export function developmentSeries(subject: Subject): Development[] {
  const plan = plans[subject];
  return publicSeries.flatMap((source) =>
    plan.shares.flatMap((share) =>
      Array.from({ length: plan.versions }, (_, version) => oneOf(plan, source, share, version)),
    ),
  );
}

function oneOf(
  plan: Plan,
  { name, zone, lastDay }: (typeof publicSeries)[number],
  share: number,
  version: number,
): Development {
  const { unit, kind, learned } = plan;
  const step = stepOf(unit);
  const series = `${name}, ${share * 100} %, ${version + 1}`;
  const seed = fingerprint(series);
  const counts = recorded(name, { zone, endsAt: lastDay });
  const last = Math.floor(lastDay / DAY) * DAY - DAY;
  const first = last - 51 * WEEK;
  const from = first + learned;
  const incidents = incidentsFrom(plan, from, last, uniformFrom(1 + (seed % 100_000)));
  const inHour = (hour: Hour, factor: number) => {
    const mean = factor * share * counts(hour);
    const people = share === 1 ? Math.round(mean) : chance(seed, hour / HOUR, mean);
    return kind === "money" ? amountOf(people, seed, hour / HOUR) : people;
  };
  const valueOfBucket = (bucket: Bucket) => {
    const factor = 1 + (incidents.find((one) => isDuring(one, bucket))?.magnitude ?? 0);
    const begin = unit === "day" ? bucket - zoneOffset(zone, bucket) : bucket;
    const hours = Array.from({ length: step / HOUR }, (_, i) =>
      inHour(Math.floor(begin / HOUR + i) * HOUR, factor),
    );
    return hours.reduce((sum, value) => sum + value, 0);
  };
  const buckets = bucketsBetween(first, last, unit);
  return {
    exam: {
      series,
      tz: zone,
      kind,
      unit,
      start: learned / step,
      points: buckets.map((bucket) => ({ time: isoOf(bucket), value: valueOfBucket(bucket) })),
    },
    labels: {
      base: name,
      role: "injected",
      vclass: `${share}`,
      scored_from: isoOf(from),
      scored_to: isoOf(last),
      incidents,
    },
  };
}

function incidentsFrom(
  { unit, every, lengths }: Plan,
  from: Bucket,
  last: Bucket,
  uniform: () => number,
): ExamIncident[] {
  const step = stepOf(unit);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(uniform() * choices.length)]!;
  const incidents: ExamIncident[] = [];
  // The first draws of the generator are alike for like seeds.
  for (let i = 0; i < 10; i++) uniform();
  for (let at = from; ; at += every) {
    const start = Math.floor((at + uniform() * 0.5 * every) / step) * step;
    const length = pick(lengths);
    const magnitude = pick(MAGNITUDES);
    const end = start + (length - 1) * step;
    if (end + WEEK > last) return incidents;
    incidents.push({
      kind: magnitude < 0 ? "drop" : "spike",
      direction: magnitude < 0 ? "drop" : "spike",
      magnitude,
      hours: (length * step) / HOUR,
      start: isoOf(start),
      end: isoOf(end),
    });
  }
}

const isDuring = ({ start, end }: ExamIncident, bucket: Bucket): boolean =>
  Date.parse(start) <= bucket && bucket <= Date.parse(end);

/** How many of the people of an hour belong to a share, by chance: about a Poisson count. */
function chance(seed: number, place: number, mean: number): number {
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * bell(seed, place)));
}

/** What so many people spend, in cents: the amounts are log-normal. */
function amountOf(people: number, seed: number, place: number): number {
  const amounts = Array.from(
    { length: people },
    (_, i) => MEAN_AMOUNT * Math.exp(SIGMA * bell(seed + 1 + i, place) - SIGMA ** 2 / 2),
  );
  return Math.round(100 * amounts.reduce((sum, amount) => sum + amount, 0)) / 100;
}

const isoOf = (bucket: Bucket): string => new Date(bucket).toISOString();
