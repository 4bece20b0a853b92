import { verdictOf } from "../detector/detector.ts";
import type { Direction, NotEvaluatedReason, Verdict } from "../detector/verdict.ts";
import { groupKeyOf } from "../incidents/alert-group.ts";
import type { Incident } from "../incidents/incident.ts";
import { beginningOf, followAll } from "../incidents/revise.ts";
import { hasNews } from "../notifications/decide.ts";
import { notableOf } from "../reports/audit.ts";
import { replayCooperatively } from "../reports/replay.ts";
import type { Progress, Timing } from "../series/due.ts";
import { reachesBack } from "../series/history-plan.ts";
import { ALLOWED_LATENESS, firstArrived, stillAwaited, withoutUnsure } from "../series/late-data.ts";
import { notEvaluatedRun } from "../series/unevaluated-run.ts";
import { ownSince, type Watch } from "../settings/watch.ts";
import { type Bucket, DAY, stepOf, type Unit } from "../time/time.ts";
import { replayInputOf, updateExclusion } from "./actions/feedback.ts";
import type { AuditStore, Journal } from "./ports/audit.ts";
import type { IncidentStore, Outbox } from "./ports/incidents.ts";
import type { Profiles } from "./ports/profiles.ts";
import type { ProgressStore, SeriesStore, StoredSeries } from "./ports/series.ts";
import type { ExclusionStore } from "./ports/teaching.ts";
import type { WatchStore } from "./ports/watches.ts";
import { runCooperatively } from "./reports/cooperative.ts";

export interface EvaluateDeps {
  readonly series: Pick<SeriesStore, "read" | "saveState" | "noteEvaluated">;
  readonly exclusions: Pick<ExclusionStore, "of" | "save" | "remove">;
  readonly progress: Pick<ProgressStore, "of" | "save">;
  readonly watches: Pick<WatchStore, "forSeries">;
  readonly incidents: IncidentStore;
  readonly journal: Pick<Journal, "record">;
  readonly audit: Pick<AuditStore, "recordVerdicts">;
  readonly outbox: Pick<Outbox, "add">;
  readonly timing: Timing;
  readonly profiles: Profiles;
}

export interface Evaluated {
  /** Buckets evaluated, summed over watches. */
  readonly evaluated: number;
  readonly notEvaluated: number;
  /** Rooms in which there is something to say. */
  readonly notify: string[];
}

/**
 * Evaluates every bucket of one series that is stored and not evaluated yet, in order; once one comes that was given up on, or
 * is corrected, all from that one on, since what came after it was evaluated without it. Incidents are derived anew from the
 * hours that are evaluated again. Safe to repeat.
 * @param atLatest the bucket from which on to evaluate again at least.
 */
export async function evaluate(
  seriesId: string,
  deps: EvaluateDeps,
  atLatest = Number.POSITIVE_INFINITY,
): Promise<Evaluated> {
  const { series, progress, watches, timing, profiles } = deps;
  const nothing = { evaluated: 0, notEvaluated: 0, notify: [] };
  const [read, standing] = await Promise.all([replayInputOf(seriesId, deps), progress.of(seriesId)]);
  const profile = (await profiles())(seriesId);
  const { unit } = profile;
  const step = stepOf(unit);
  if (!read || !isWhole(read, standing, unit)) {
    // Lost, in whole or in part, since it was collected: it is read again from the next tick on.
    if (standing?.collectedThrough !== undefined)
      await progress.save(seriesId, { collectedThrough: undefined });
    return nothing;
  }

  const awaited = standing?.awaited ?? [];
  const stored = { ...read, history: withoutUnsure(awaited, read.history, unit) };
  const through = stored.collectedThrough;
  const trailing = Math.max(timing.trailing, step);
  const evaluated = standing?.evaluatedThrough ?? evaluatedBy(read, trailing);
  const next = evaluated === undefined ? through : evaluated + step;
  const from = Math.min(
    next,
    atLatest,
    firstArrived(awaited, stored.history, unit) ?? Number.POSITIVE_INFINITY,
    evaluated === undefined ? Number.POSITIVE_INFINITY : firstRevised(read, unit),
  );
  if (from > through) {
    if (standing?.evaluatedThrough === undefined)
      await progress.save(seriesId, { evaluatedThrough: evaluated });
    return nothing;
  }

  const watched = (await watches.forSeries(seriesId))
    .map((watch) => ({ watch, from: Math.max(from, Math.min(next, firstOwn(watch))) }))
    .filter((one) => one.from <= through);
  const begins = await Promise.all(
    watched.map((one) => beginningFor(one, stored.history.first, deps.incidents)),
  );
  const settleAt = through - trailing;
  const replayed = await runCooperatively(
    replayCooperatively(stored, profile, Math.min(from, ...begins), settleAt),
  );
  const evidence = replayed.evidence.filter(({ bucket }) => bucket >= from);

  const { evaluatedThrough, notEvaluated } = standing ?? {};
  const lasting = notEvaluated?.through === evaluatedThrough ? notEvaluated : undefined;
  const before = lasting && lasting.since < from ? lasting : undefined;
  const outcomes: Evaluated[] = [];
  for (const one of watched) {
    const verdicts = replayed.evidence.map((seen) => verdictOf(seen, one.watch));
    outcomes.push(await judge(one, verdicts, before?.because, stored.history.first, deps));
  }
  const { settled } = replayed;
  if (settled && settled.through !== stored.state?.through)
    await series.saveState(seriesId, settled, stored.revision);
  // Last of all: whatever is lost in a crash before this line is simply done again.
  await progress.save(seriesId, {
    evaluatedThrough: through,
    awaited: stillAwaited(awaited, stored.history, from, through, unit),
    notEvaluated: notEvaluatedRun(before, evidence),
  });
  // Another collection may have corrected in the meantime what was evaluated here.
  const isCurrent = await series.noteEvaluated(seriesId, stored.revision);
  if (!isCurrent) outcomes.push(await evaluate(seriesId, deps, from));
  return {
    evaluated: sum(outcomes.map(({ evaluated }) => evaluated)),
    notEvaluated: sum(outcomes.map(({ notEvaluated }) => notEvaluated)),
    notify: [...new Set(outcomes.flatMap(({ notify }) => notify))],
  };
}

/** A watch, and the first bucket that is evaluated for it now. */
interface Watched {
  readonly watch: Watch;
  readonly from: Bucket;
}

/** The first bucket that was over when a watch came, or after it: what was before is none of its business. */
const firstOwn = (watch: Watch): Bucket => {
  const step = stepOf(watch.series.unit);
  return Math.floor(watch.createdAt / step) * step - step;
};

/** The first bucket that was corrected, as far back as hours are evaluated when they come late. */
const firstRevised = ({ revisedFrom, collectedThrough, history }: StoredSeries, unit: Unit): Bucket =>
  revisedFrom === undefined
    ? Number.POSITIVE_INFINITY
    : Math.max(revisedFrom, collectedThrough - ALLOWED_LATENESS + stepOf(unit), history.first);

/** Whether what is stored is what was collected, and as long as a history should be. */
const isWhole = (stored: StoredSeries, standing: Progress | undefined, unit: Unit): boolean =>
  reachesBack(stored, unit) && stored.collectedThrough >= (standing?.collectedThrough ?? 0);

/** Up to where a series was evaluated, read from what was learned then: for where its own standing is lost. */
const evaluatedBy = ({ state }: StoredSeries, trailing: number): Bucket | undefined =>
  state && state.through + trailing;

async function judge(
  { watch, from }: Watched,
  all: readonly Verdict[],
  notEvaluatedBefore: NotEvaluatedReason | undefined,
  oldest: Bucket,
  deps: EvaluateDeps,
): Promise<Evaluated> {
  const { incidents, journal, audit, outbox } = deps;
  const verdicts = all.filter(({ bucket }) => bucket >= from);
  const changed: Incident[] = [];
  for (const direction of DIRECTIONS)
    changed.push(...(await track({ watch, from }, direction, all, oldest, incidents)));
  await journal.record(
    watch.id,
    verdicts.map(({ bucket, kind }) => ({ bucket, verdict: kind })),
  );
  const [first, last] = [verdicts[0]!.bucket, verdicts.at(-1)!.bucket];
  await audit.recordVerdicts(watch.id, first, last, notableOf(verdicts, notEvaluatedBefore));

  const live = await incidents.live(watch.id);
  // What is labelled goes on being no example while it goes on, and where its hours were corrected.
  for (const { id, labelled } of [...live, ...changed]) if (labelled) await updateExclusion(id, watch, deps);

  // Also what is muted: whoever is to say it decides, and notes that it stayed quiet.
  const speaking = live.filter(hasNews);
  const groupKeys = speaking.map((incident) => groupKeyOf(watch, incident));
  for (const [i, { id }] of speaking.entries()) await outbox.add(id, groupKeys[i]!, { isGathered: true });
  const notEvaluated = verdicts.filter(({ kind }) => kind === "not-evaluated").length;
  return { evaluated: verdicts.length - notEvaluated, notEvaluated, notify: groupKeys };
}

const DIRECTIONS = ["drop", "spike"] as const;

/** How far back an incident is looked for that these verdicts may belong to. */
const MEMORY = 30 * DAY;

/** The incidents of one direction that are the watch's own, oldest first. */
async function knownOf(
  { watch, from }: Watched,
  direction: Direction,
  incidents: IncidentStore,
): Promise<Incident[]> {
  const own = Math.min(from, ownSince(watch));
  const known = [...(await incidents.live(watch.id)), ...(await incidents.since(watch.id, from - MEMORY))]
    .filter((incident) => incident.direction === direction)
    .filter(({ openedAt, resolvedAt }) => resolvedAt === undefined || openedAt >= own);
  return [...new Map(known.map((incident) => [incident.id, incident])).values()].sort(
    (a, b) => a.openedAt - b.openedAt,
  );
}

/** From where verdicts are needed for a watch: incidents that are derived anew reach back to their first hour. */
async function beginningFor(watched: Watched, oldest: Bucket, incidents: IncidentStore): Promise<Bucket> {
  const known = await Promise.all(DIRECTIONS.map((direction) => knownOf(watched, direction, incidents)));
  return Math.min(...known.map((its) => beginningOf(its, watched.from, oldest)));
}

/** Lets the incidents of one direction follow the verdicts; begins again where another writer came between. */
async function track(
  watched: Watched,
  direction: Direction,
  verdicts: readonly Verdict[],
  oldest: Bucket,
  incidents: IncidentStore,
): Promise<Incident[]> {
  const known = await knownOf(watched, direction, incidents);
  const begin = beginningOf(known, watched.from, oldest);
  const its = verdicts.filter(({ bucket }) => bucket >= begin);
  const changed = followAll(known, its, direction, watched.watch);
  for (const incident of changed)
    if (!(await incidents.save(incident))) return track(watched, direction, verdicts, oldest, incidents);
  return changed;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
