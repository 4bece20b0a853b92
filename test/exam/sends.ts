import { bell, recorded } from "../../simulator/braze/counts.ts";
import { verdictOf } from "../../src/detector/detector.ts";
import type { DetectedSend } from "../../src/detector/hours-after-sends.ts";
import type { Direction, Verdict } from "../../src/detector/verdict/verdict.ts";
import { newsAmong } from "../../src/incidents/refractory.ts";
import { replay } from "../../src/reports/replay.ts";
import { fingerprint } from "../../src/series/fingerprint.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { type Bucket, bucketsBetween, DAY, HOUR, WEEK } from "../../src/time/time.ts";
import { localInstant } from "../../src/time/zone.ts";
import { share } from "./figures.ts";
import { DAY_SHAPE, publicSeries, uniformFrom } from "./lasting.ts";

/** Half a year of hourly counts that sends moved, with incidents that have nothing to do with them. */
export interface Sending {
  readonly name: string;
  readonly zone: string;
  readonly first: Bucket;
  readonly values: readonly number[];
  readonly sends: readonly DetectedSend[];
  readonly incidents: readonly Incident[];
}

interface Incident {
  readonly from: Bucket;
  readonly to: Bucket;
  readonly direction: Direction;
  readonly magnitude: number;
  /** Whether something was sent in its first hour. */
  readonly isAfterSend: boolean;
}

/** The first weeks, in which nothing is evaluated. */
const LEARNED = 8 * WEEK;
const WATCHED = 26 * WEEK;

/** What each of four campaigns does to the hour of a send and to those after it. */
const CAMPAIGNS = [
  { id: "push", more: 0.5 },
  { id: "sale", more: 1.5 },
  { id: "news", more: 0.25 },
  { id: "offer", more: 0.9 },
];
const FADING = [1, 0.6, 0.3, 0.12];

/** How far one send differs from another of the same campaign: the standard deviation of the logarithm. */
const SCATTER = 0.25;

/** The incidents, of which each other begins with a send. */
const MAGNITUDES = [-0.5, 2, -0.7, 1, -1];

/** Sends go out every two to four days, at a whole or half hour from 8 to 20 by the clock of the zone. */
function sendsFrom(first: Bucket, last: Bucket, zone: string, uniform: () => number): DetectedSend[] {
  const sends: DetectedSend[] = [];
  for (let day = Math.ceil(first / DAY) * DAY; day < last; day += DAY * (2 + Math.floor(3 * uniform()))) {
    const { id } = CAMPAIGNS[Math.floor(CAMPAIGNS.length * uniform())]!;
    const time =
      localInstant(zone, day) + (8 + Math.floor(12 * uniform())) * HOUR + (uniform() < 0.5 ? 0 : HOUR / 2);
    sends.push({ id, kind: "campaign", time });
  }
  return sends;
}

/** One each week, from the first week that is watched on: nobody knew it before. */
const weeklyFrom = (first: Bucket, last: Bucket): DetectedSend[] =>
  bucketsBetween(first + LEARNED, last, "hour")
    .filter((hour) => (hour - first - LEARNED) % WEEK === 3 * DAY + 10 * HOUR)
    .map((time) => ({ id: "sale", kind: "campaign", time }));

/** An incident of six hours about every ten days. */
function incidentsFrom(
  from: Bucket,
  last: Bucket,
  sends: readonly DetectedSend[],
  uniform: () => number,
): Incident[] {
  const incidents: Incident[] = [];
  for (let at = from + 5 * DAY, i = 0; at + 2 * DAY < last; at += 10 * DAY, i++) {
    const isAfterSend = i % 2 === 0;
    const send = sends.find(({ time }) => time >= at);
    if (!send) break;
    const begin = Math.floor((isAfterSend ? send.time : at + uniform() * DAY) / HOUR) * HOUR;
    const magnitude = MAGNITUDES[i % MAGNITUDES.length]!;
    // A spike that begins with a send cannot be told from the send.
    const isShifted = magnitude > 0 && isAfterSend;
    const start = isShifted ? begin - 12 * HOUR : begin;
    incidents.push({
      from: start,
      to: start + 5 * HOUR,
      direction: magnitude < 0 ? "drop" : "spike",
      magnitude,
      isAfterSend: isAfterSend && !isShifted,
    });
  }
  return incidents;
}

function sendingOf(
  name: string,
  zone: string,
  counts: (hour: Bucket) => number,
  last: Bucket,
  scatterOf: (mean: number, hour: Bucket) => number,
  plan = sendsFrom,
): Sending {
  const first = last - LEARNED - WATCHED + HOUR;
  const uniform = uniformFrom(1 + (fingerprint(name) % 100_000));
  for (let i = 0; i < 10; i++) uniform();
  const sends = plan(first, last, zone, uniform);
  const incidents = incidentsFrom(first + LEARNED, last, sends, uniform);
  const factors = new Map<Bucket, number>();
  for (const [place, { id, time }] of sends.entries()) {
    const { more } = CAMPAIGNS.find((campaign) => campaign.id === id)!;
    const its = more * Math.exp(SCATTER * bell(fingerprint(name), place));
    for (const [lag, fading] of FADING.entries()) {
      const hour = Math.floor(time / HOUR) * HOUR + lag * HOUR;
      // Half an hour of a send's first hour is before it.
      factors.set(hour, (factors.get(hour) ?? 1) + its * fading * (lag === 0 && time > hour ? 0.5 : 1));
    }
  }
  const values = bucketsBetween(first, last, "hour").map((hour) => {
    const incident = incidents.find(({ from, to }) => from <= hour && hour <= to);
    const mean = counts(hour) * (factors.get(hour) ?? 1) * (1 + (incident?.magnitude ?? 0));
    return scatterOf(mean, hour);
  });
  return { name, zone, first, values, sends, incidents };
}

const poisson = (seed: number) => (mean: number, hour: Bucket) =>
  Math.max(0, Math.round(mean + Math.sqrt(mean) * bell(seed, hour / HOUR)));

const invented = (plan: typeof sendsFrom): Sending[] =>
  Array.from({ length: 10 }, (_, i) => {
    const level = [2, 10][i % 2]!;
    const counts = (hour: Bucket) => level * DAY_SHAPE[(hour / HOUR) % 24]!;
    return sendingOf(`invented ${i}`, "UTC", counts, Date.UTC(2026, 8, 1), poisson(i + 1), plan);
  });

/** Public counts, whole and a tenth of them, and invented ones. */
export const sendingSeries = (): { readonly kind: string; readonly series: Sending[] }[] => [
  { kind: "invented", series: invented(sendsFrom) },
  { kind: "invented, a new one each week", series: invented(weeklyFrom) },
  {
    kind: "public",
    series: publicSeries.flatMap(({ name, zone, lastDay }) =>
      [1, 0.1].map((part) => {
        const counts = recorded(name, { zone, endsAt: lastDay });
        const last = Math.floor(lastDay / DAY) * DAY - DAY;
        return sendingOf(`${name}, ${part}`, zone, (hour) => part * counts(hour), last, poisson(part * 10));
      }),
    ),
  },
];

export const sendsHead: readonly string[] = [
  "",
  "false alerts a series and week",
  "of which within three hours of a send",
  "drops found",
  "of those that begin with a send",
  "spikes without a send found",
];

/** False alerts and what is found, with sends and without. */
export const sendsRows = (among = sendingSeries()): string[][] =>
  among.flatMap(({ kind, series }) =>
    [false, true].map((isKnown) => [
      `${kind}, sends ${isKnown ? "known" : "unknown"}`,
      ...figuresOf(series.map((one) => evaluated(one, isKnown))),
    ]),
  );

interface Evaluated {
  readonly weeks: number;
  readonly falseAlerts: number;
  readonly afterSends: number;
  readonly found: readonly { readonly incident: Incident; readonly isFound: boolean }[];
}

/** What a watch says of a series. */
export function evaluated({ zone, first, values, sends, incidents }: Sending, isKnown: boolean): Evaluated {
  const from = first + LEARNED;
  const profile = { unit: "hour" as const, zone, ...(isKnown && { sends }) };
  const { evidence } = replay({ history: { first, values } }, profile, from, from);
  const verdicts = evidence.map((seen): Verdict => verdictOf(seen, defaultRules));
  const isOf = ({ from: begin, to }: Incident, bucket: Bucket) => begin <= bucket && bucket <= to + 3 * HOUR;
  const wrong = newsAmong(verdicts).filter(({ bucket }) => !incidents.some((one) => isOf(one, bucket)));
  const isAfterSend = (bucket: Bucket) =>
    sends.some(({ time }) => time < bucket + HOUR && time >= bucket - 3 * HOUR);
  return {
    weeks: WATCHED / WEEK,
    falseAlerts: wrong.length,
    afterSends: wrong.filter(({ bucket }) => isAfterSend(bucket)).length,
    found: incidents.map((incident) => ({
      incident,
      isFound: verdicts.some(
        (one) =>
          one.kind === "anomalous" && one.direction === incident.direction && isOf(incident, one.bucket),
      ),
    })),
  };
}

function figuresOf(all: readonly Evaluated[]): string[] {
  const weeks = all.reduce((sum, one) => sum + one.weeks, 0);
  const rate = (of: (one: Evaluated) => number) =>
    (all.reduce((sum, one) => sum + of(one), 0) / weeks).toFixed(2);
  const found = all.flatMap((one) => one.found);
  const among = (holds: (incident: Incident) => boolean) => {
    const its = found.filter(({ incident }) => holds(incident));
    const hits = its.filter(({ isFound }) => isFound).length;
    return `${share(hits / its.length)} (${hits}/${its.length})`;
  };
  return [
    rate(({ falseAlerts }) => falseAlerts),
    rate(({ afterSends }) => afterSends),
    among(({ direction }) => direction === "drop"),
    among(({ direction, isAfterSend }) => direction === "drop" && isAfterSend),
    among(({ direction }) => direction === "spike"),
  ];
}
