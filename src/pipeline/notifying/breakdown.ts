import type { Member } from "../../incidents/alert-group.ts";
import type { Part } from "../../incidents/attribution.ts";
import type { Breakdown, MetricPart } from "../../incidents/breakdown.ts";
import { estimatePart } from "../../incidents/part-estimate.ts";
import { countedOf, isOfSessions, metricOf, metricTitle } from "../../metrics/metrics.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import { numbersOf } from "../../text/numbers.ts";
import { weeksBefore } from "../../time/calendar.ts";
import { bucketsBetween, SECOND, stepOf } from "../../time/time.ts";
import type { Context } from "../context.ts";
import { within } from "../within.ts";
import { movedBy, type Newest, newestOf } from "./compared.ts";

type Lead = Pick<Member, "incident" | "watch">;
type Reading = Pick<
  Context,
  "apps" | "breakdowns" | "clock" | "exclusions" | "profiles" | "segments" | "series" | "source" | "watches"
>;

/** A part that can be read, with its name. */
interface Candidate {
  readonly name: string;
  readonly series: SeriesRef;
}

/** The name of sessions among the metrics of an app. */
export const SESSIONS = "sessions";

/** How long a message waits for it, in milliseconds; what comes later is shown by its next edit. */
const WAIT = 4 * SECOND;

/** How many parts that nobody watches are read for one incident. */
const MOST_READ = 10;

/** Of how many earlier weeks a part is read, and how many buckets before the incident show its level. */
const WEEKS = 3;
const LEVEL = { hour: 72, day: 28 } as const;

/** The share of one request for each hour and series that breakdowns may cost in all. */
const BUDGET = 0.15;
const HOURS_OF_WEEK = 168;

/** What an incident is made of, read once; undefined while it is not known. */
export async function breakdownOf(lead: Lead, context: Reading): Promise<Breakdown | undefined> {
  const known = await context.breakdowns.of(lead.incident.id);
  if (known) return known;
  // Whatever fails here must not hold up the alert.
  return within(readBreakdown(lead, context), WAIT);
}

/** Reads what an incident is made of, and stores it; undefined for what has no parts, such as a ratio. */
export async function readBreakdown(lead: Lead, context: Reading): Promise<Breakdown | undefined> {
  const { incident, watch } = lead;
  const { series } = watch;
  if (series.per || metricOf(series).kind === "level") return undefined;
  const newest = newestOf(lead);
  const [apps, segments, metrics] = await Promise.all([
    appsOf(series, context),
    segmentsOf(series, context),
    metricsOf(series, context),
  ]);
  const before = await context.breakdowns.of(incident.id);
  const read = reader(newest, before, context);
  const readMetric = async (metric: Candidate): Promise<MetricPart[]> =>
    (await read([metric], { isWatchedOnly: true })).map((part) => ({
      ...part,
      counted: countedOf(metric.series),
    }));
  const own = numbersOf(incident.latest);
  const breakdown: Breakdown = {
    through: newest.last,
    whole: { observed: own.observed, expected: own.expected },
    apps: await read(apps),
    segments: await read(segments),
    metrics: (await Promise.all(metrics.map(readMetric))).flat(),
  };
  await context.breakdowns.save(incident.id, breakdown);
  return breakdown;
}

/** The apps of the workspace that somebody named or watches, where there are several. */
async function appsOf(series: SeriesRef, { apps, watches }: Reading): Promise<Candidate[]> {
  if (!metricOf(series).hasApp || series.segment !== undefined) return [];
  const watched = (await watches.all()).flatMap(({ appName: name, series: { workspace, app } }) =>
    app === undefined ? [] : [{ workspace, app, name }],
  );
  const byId = new Map(
    [...watched, ...(await apps.all())]
      .filter(({ workspace }) => workspace === series.workspace)
      .map(({ app, name }) => [app, { name, series: { ...series, app } }]),
  );
  return byId.size > 1 ? [...byId.values()] : [];
}

/** The tracked segments of the same app; none where they cannot be listed. */
async function segmentsOf(series: SeriesRef, { segments }: Reading): Promise<Candidate[]> {
  if (metricOf(series).segment !== "optional" || series.segment !== undefined || !segments) return [];
  const all = await segments(series.workspace).catch(() => []);
  return all
    .filter(({ isTracked }) => isTracked)
    .map(({ id, name }) => ({ name, series: { ...series, segment: id } }));
}

/** The other metrics of the same app and segment that are watched. */
async function metricsOf(own: SeriesRef, { watches }: Reading): Promise<Candidate[]> {
  const { metric: _, item: __, ...rest } = own;
  const all = (await watches.all()).filter(({ series }) => {
    const { metric: _m, item: _i, ...other } = series;
    return !series.per && seriesId(other) === seriesId(rest) && seriesId(series) !== seriesId(own);
  });
  const byId = new Map(
    all.map(({ series }) => [
      seriesId(series),
      { name: isOfSessions(series) ? SESSIONS : metricTitle(series), series },
    ]),
  );
  return [...byId.values()];
}

/** Reads parts: those with a history from the store, others from Braze, as far as the budget allows. */
function reader(newest: Newest, before: Breakdown | undefined, context: Reading) {
  let left = MOST_READ;
  // The numbers of the same buckets were read before.
  const known = before && before.through === newest.last ? [...before.apps, ...before.segments] : [];
  const one = async ({ name, series }: Candidate, isWatchedOnly: boolean): Promise<Part[]> => {
    const moved = await movedBy(series, newest, context);
    if (moved) {
      const { observed, expected, isAsExpected } = moved;
      return [{ name, observed, expected, isAsExpected }];
    }
    const kept = known.filter((part) => part.name === name);
    if (isWatchedOnly || kept.length > 0) return kept;
    if (left-- <= 0 || !(await isAffordable(series, context))) return [];
    // A part that Braze refuses is left out: a missing permission or segment is no fault of the incident.
    const numbers = await fromBraze(series, newest, context).catch(() => undefined);
    return numbers ? [{ name, ...numbers }] : [];
  };
  return async (candidates: readonly Candidate[], { isWatchedOnly = false } = {}): Promise<Part[]> =>
    (await Promise.all(candidates.map((candidate) => one(candidate, isWatchedOnly)))).flat();
}

async function isAffordable({ workspace, unit }: SeriesRef, context: Reading): Promise<boolean> {
  const { watches, breakdowns, clock } = context;
  const watched = (await watches.seriesIds()).filter((id) => id.startsWith(`${workspace}.`)).length;
  const most = Math.floor(BUDGET * HOURS_OF_WEEK * watched);
  return breakdowns.take(workspace, unit === "hour" ? WEEKS + 1 : 1, most, clock());
}

/** Reads the buckets that decided, those before them, and the same of earlier weeks. */
async function fromBraze(series: SeriesRef, { last, buckets }: Newest, context: Reading) {
  const { unit } = series;
  const { zone } = (await context.profiles())(seriesId(series));
  const step = stepOf(unit);
  const length = LEVEL[unit] + buckets;
  const ends = Array.from({ length: WEEKS + 1 }, (_, weeks) => weeksBefore(last, weeks, unit, zone));
  const pages =
    unit === "day"
      ? await manyFrom(series, ends.at(-1)! - (length - 1) * step, last, context)
      : new Map(
          (
            await Promise.all(ends.map((end) => manyFrom(series, end - (length - 1) * step, end, context)))
          ).flatMap((page) => [...page]),
        );
  const [now, ...before] = ends.map((end) =>
    bucketsBetween(end - (length - 1) * step, end, unit).map((bucket) => pages.get(bucket)),
  );
  return estimatePart(now!, before, buckets);
}

async function manyFrom(series: SeriesRef, from: number, to: number, { source }: Reading) {
  const points = await source.points(series, from, to);
  return new Map(points.map(({ bucket, value }) => [bucket, value]));
}
