import { isListed } from "../../health/health-issue.ts";
import { type DataState, dataStatesOf, pausedBy } from "../../health/no-data.ts";
import type { Incident } from "../../incidents/incident.ts";
import { isCovered, type Mute } from "../../notifications/mute.ts";
import { denominatorAt, type Sum, sumsOf } from "../../reports/chart.ts";
import { type Home, labelledOf, type OpenIncident, stateOf, type WatchRow } from "../../reports/home.ts";
import type { Progress } from "../../series/due.ts";
import { seriesId } from "../../series/series.ts";
import { type Watch, watchTitle } from "../../settings/watch.ts";
import { overviewOf } from "../../text/overview.ts";
import { stepOf, WEEK } from "../../time/time.ts";
import { unlessDamaged } from "../collecting/unless-damaged.ts";
import type { Context } from "../context.ts";
import { takeSnapshot } from "../health/snapshot.ts";
import { mutesInForce } from "../notifying/suppression.ts";

const alphabetic = new Intl.Collator("en");

/** How many watches a page shows in detail. */
const PER_PAGE = 15;
/** For how many open incidents the permalink is looked up. */
const MOST_OPEN = 10;

/** Reads the dashboard: all open incidents, and one page of watches in detail. */
export async function homeOf(page: number, context: Context): Promise<Home> {
  const now = context.clock();
  const [all, mutes, healthIssues, events, facts] = await Promise.all([
    context.watches.all(),
    mutesInForce(context),
    context.healthIssues.all(),
    context.events.all(),
    takeSnapshot(context, []),
  ]);
  const states = dataStatesOf(facts);
  const stateOfWatch = ({ series }: Watch): DataState => states.get(seriesId(series)) ?? {};
  const progress = new Map(facts.series.map(({ id, progress }) => [id, progress]));
  const incidents = new Map(
    await Promise.all(
      all.map(async (watch) => [watch.id, await recentOf(watch, now - WEEK, context)] as const),
    ),
  );
  const pages = Math.max(1, Math.ceil(all.length / PER_PAGE));
  const shown = Math.min(Math.max(0, page), pages - 1);
  const sorted = all
    .map((watch) => ({ watch, title: watchTitle(watch) }))
    .sort((a, b) => alphabetic.compare(a.title, b.title) || (a.watch.id < b.watch.id ? -1 : 1))
    .map(({ watch }) => watch);
  const rows = await Promise.all(
    sorted
      .slice(shown * PER_PAGE, (shown + 1) * PER_PAGE)
      .map((watch) =>
        rowOf(
          watch,
          incidents.get(watch.id) ?? [],
          mutes,
          progress.get(seriesId(watch.series)),
          stateOfWatch(watch),
          context,
        ),
      ),
  );
  const open = await openOf(all, incidents, context);
  return {
    now,
    overview: overviewOf(all.map(stateOfWatch), open.length, pausedBy(states.values())),
    open,
    rows,
    page: shown,
    pages,
    watches: all,
    mutes,
    healthIssues: healthIssues.filter(isListed),
    week: labelledOf([...incidents.values()].flat(), now),
    events: events.filter(({ to }) => to > now).toSorted((a, b) => a.from - b.from),
  };
}

/** Open incidents, and those that opened since. */
async function recentOf(
  { id }: Watch,
  since: number,
  { incidents }: Pick<Context, "incidents">,
): Promise<Incident[]> {
  const [live, recent] = await Promise.all([incidents.live(id), incidents.since(id, since)]);
  return [...new Map([...live, ...recent].map((incident) => [incident.id, incident])).values()].filter(
    ({ retracted }) => retracted === undefined,
  );
}

async function rowOf(
  watch: Watch,
  incidents: readonly Incident[],
  mutes: readonly Mute[],
  progress: Progress | undefined,
  data: DataState,
  context: Context,
): Promise<WatchRow> {
  const isMuted = mutes.some(({ scope }) => isCovered(watch, scope));
  const evaluated = progress?.evaluatedThrough;
  return {
    watch,
    state: stateOf(incidents, isMuted, evaluated),
    data,
    ...(evaluated !== undefined && { evaluatedThrough: evaluated + stepOf(watch.series.unit) }),
    week: await weekOf(watch, context),
  };
}

/** How many sums make up seven days. */
const SUMS = { hour: { size: 6, sums: 28 }, day: { size: 1, sums: 7 } } as const;

async function weekOf({ series: ref }: Watch, { series }: Pick<Context, "series">): Promise<Sum[]> {
  const stored = await unlessDamaged(() => series.readHistory(seriesId(ref)));
  if (!stored) return [];
  const { size, sums } = SUMS[ref.unit];
  const { first, values, denominators } = stored.history;
  const step = stepOf(ref.unit);
  const points = values.map((observed, i) => ({
    bucket: first + i * step,
    ...(observed !== undefined && { observed }),
    ...denominatorAt(denominators, i),
  }));
  return sumsOf(points.slice(-size * sums), size);
}

/** Critical ones first, then the newest. */
async function openOf(
  watches: readonly Watch[],
  incidents: ReadonlyMap<string, readonly Incident[]>,
  { permalinks }: Pick<Context, "permalinks">,
): Promise<OpenIncident[]> {
  const open = watches.flatMap((watch) =>
    (incidents.get(watch.id) ?? [])
      .filter(({ resolvedAt }) => resolvedAt === undefined)
      .map((incident) => ({ incident, watch })),
  );
  const sorted = open.toSorted(
    ({ incident: a }, { incident: b }) =>
      Number(b.severity === "critical") - Number(a.severity === "critical") || b.openedAt - a.openedAt,
  );
  return Promise.all(
    sorted.map(async (one, i) => {
      const { lastNotified } = one.incident;
      const address = lastNotified && i < MOST_OPEN ? await permalinks(lastNotified) : undefined;
      return { ...one, ...(address && { address }) };
    }),
  );
}
