import { verdictOf } from "../detector/detector.ts";
import type { Direction, NotEvaluatedReason, Verdict } from "../detector/verdict/verdict.ts";
import { groupKeyOf } from "../incidents/alert-group.ts";
import type { Incident } from "../incidents/incident.ts";
import { beginningOf, followAll } from "../incidents/revise.ts";
import { hasNews } from "../notifications/decide.ts";
import { notableOf } from "../reports/audit.ts";
import { replayCooperatively } from "../reports/replay.ts";
import type { Progress } from "../series/due.ts";
import { reachesBack } from "../series/history-plan.ts";
import { ALLOWED_LATENESS, firstArrived, stillAwaited, withoutUnsure } from "../series/late-data.ts";
import { notEvaluatedRun } from "../series/unevaluated-run.ts";
import { ownSince, type Watch } from "../settings/watch.ts";
import { type Bucket, DAY, stepOf, type Unit } from "../time/time.ts";
import { replayInputOf, updateExclusion } from "./actions/feedback.ts";
import type { Context } from "./context.ts";
import type { IncidentStore } from "./ports/incidents.ts";
import type { StoredSeries } from "./ports/series.ts";
import { runCooperatively } from "./reports/cooperative.ts";

export interface Evaluated {
  /** Buckets evaluated, summed over watches. */
  readonly evaluated: number;
  readonly notEvaluated: number;
  /** Group keys with something to notify of. */
  readonly notify: string[];
}

/**
 * Evaluates every stored bucket of one series that is not evaluated yet, in order. When a late or corrected bucket
 * comes, it evaluates all from that one on again, and derives the incidents anew. Safe to repeat. @param atLatest the
 * bucket from which to evaluate again at the latest.
 */
export async function evaluate(
  seriesId: string,
  context: Context,
  atLatest = Number.POSITIVE_INFINITY,
): Promise<Evaluated> {
  const { series, progress, watches, timing, profiles } = context;
  const nothing = { evaluated: 0, notEvaluated: 0, notify: [] };
  const [read, known, profileOf, watching] = await Promise.all([
    replayInputOf(seriesId, context),
    progress.of(seriesId),
    profiles(),
    watches.forSeries(seriesId),
  ]);
  const profile = profileOf(seriesId);
  const { unit } = profile;
  const step = stepOf(unit);
  if (!read || !isWhole(read, known, unit)) {
    // Part of it was lost since it was collected: the next tick reads it again.
    if (known?.collectedThrough !== undefined) await progress.save(seriesId, { collectedThrough: undefined });
    return nothing;
  }

  const awaited = known?.awaited ?? [];
  const stored = { ...read, history: withoutUnsure(awaited, read.history, unit) };
  const through = stored.collectedThrough;
  const trailing = Math.max(timing.trailing, step);
  const evaluated = known?.evaluatedThrough ?? evaluatedBy(read, trailing);
  const next = evaluated === undefined ? through : evaluated + step;
  const from = Math.min(
    next,
    atLatest,
    firstArrived(awaited, stored.history, unit) ?? Number.POSITIVE_INFINITY,
    evaluated === undefined ? Number.POSITIVE_INFINITY : firstRevised(read, unit),
  );
  if (from > through) {
    if (known?.evaluatedThrough === undefined) await progress.save(seriesId, { evaluatedThrough: evaluated });
    return nothing;
  }

  const watched = watching
    .map((watch) => ({ watch, from: Math.max(from, Math.min(next, firstOwn(watch))) }))
    .filter((one) => one.from <= through);
  const oldest = stored.history.first;
  const incidentsOf = await Promise.all(watched.map((one) => knownOf(one, context.incidents)));
  const begins = watched.map((one, i) => beginningFor(incidentsOf[i]!, one.from, oldest));
  const saveAt = through - trailing;
  const replayed = await runCooperatively(
    replayCooperatively(stored, profile, Math.min(from, ...begins), saveAt),
  );
  const evidence = replayed.evidence.filter(({ bucket }) => bucket >= from);

  const { evaluatedThrough, notEvaluated } = known ?? {};
  const lasting = notEvaluated?.through === evaluatedThrough ? notEvaluated : undefined;
  const before = lasting && lasting.since < from ? lasting : undefined;
  const outcomes: Evaluated[] = [];
  for (const [i, one] of watched.entries()) {
    const verdicts = replayed.evidence.map((seen) => verdictOf(seen, one.watch));
    outcomes.push(await evaluateWatch(one, incidentsOf[i]!, verdicts, before?.because, oldest, context));
  }
  const { saved } = replayed;
  const isStateNew = saved && saved.through !== stored.state?.through;
  // Written after all that was found: after a crash before this line, everything is done again. A state that was not
  // saved is only learned again.
  await Promise.all([
    isStateNew && series.saveState(seriesId, saved, stored.revision),
    progress.save(seriesId, {
      evaluatedThrough: through,
      awaited: stillAwaited(awaited, stored.history, from, through, unit),
      notEvaluated: notEvaluatedRun(before, evidence),
    }),
  ]);
  // Another collection may have corrected what was evaluated here.
  const isCurrent = await series.noteEvaluated(seriesId, stored.revision);
  if (!isCurrent) outcomes.push(await evaluate(seriesId, context, from));
  return {
    evaluated: sum(outcomes.map(({ evaluated }) => evaluated)),
    notEvaluated: sum(outcomes.map(({ notEvaluated }) => notEvaluated)),
    notify: [...new Set(outcomes.flatMap(({ notify }) => notify))],
  };
}

/** A watch, and the first bucket to evaluate for it now. */
interface Watched {
  readonly watch: Watch;
  readonly from: Bucket;
}

/** The first bucket that belongs to a watch: the one that was just over when it was added. */
const firstOwn = (watch: Watch): Bucket => {
  const step = stepOf(watch.series.unit);
  return Math.floor(watch.createdAt / step) * step - step;
};

/** The first corrected bucket, as far back as late hours are evaluated. */
const firstRevised = ({ revisedFrom, collectedThrough, history }: StoredSeries, unit: Unit): Bucket =>
  revisedFrom === undefined
    ? Number.POSITIVE_INFINITY
    : Math.max(revisedFrom, collectedThrough - ALLOWED_LATENESS + stepOf(unit), history.first);

/** Whether the stored history is what was collected, and long enough. */
const isWhole = (stored: StoredSeries, known: Progress | undefined, unit: Unit): boolean =>
  reachesBack(stored, unit) && stored.collectedThrough >= (known?.collectedThrough ?? 0);

/** The last bucket evaluated, from the stored state: for when the progress record is lost. */
const evaluatedBy = ({ state }: StoredSeries, trailing: number): Bucket | undefined =>
  state && state.through + trailing;

async function evaluateWatch(
  { watch, from }: Watched,
  known: KnownIncidents,
  all: readonly Verdict[],
  notEvaluatedBefore: NotEvaluatedReason | undefined,
  oldest: Bucket,
  context: Context,
): Promise<Evaluated> {
  const { incidents, journal, audit, outbox } = context;
  const verdicts = all.filter(({ bucket }) => bucket >= from);
  const changed: Incident[] = [];
  for (const direction of DIRECTIONS) {
    // What was known before the replay shows whether anything changes; only then is it read again.
    const isChanged = follow({ watch, from }, known[direction], direction, all, oldest).length > 0;
    if (isChanged) changed.push(...(await track({ watch, from }, direction, all, oldest, incidents)));
  }
  const [first, last] = [verdicts[0]!.bucket, verdicts.at(-1)!.bucket];
  await Promise.all([
    journal.record(
      watch.id,
      verdicts.map(({ bucket, kind }) => ({ bucket, verdict: kind })),
    ),
    audit.recordVerdicts(watch.id, first, last, notableOf(verdicts, notEvaluatedBefore)),
  ]);

  const isLive = known.isAnyLive || changed.length > 0;
  const live = isLive ? await incidents.live(watch.id) : [];
  // The exclusion of a labelled incident grows while it is open, and when its hours are corrected.
  for (const { id, labelled } of [...live, ...changed])
    if (labelled) await updateExclusion(id, watch, context);

  // Includes muted incidents: notify decides, and records the suppression.
  const unposted = live.filter(hasNews);
  const groupKeys = unposted.map((incident) => groupKeyOf(watch, incident));
  for (const [i, { id }] of unposted.entries()) await outbox.add(id, groupKeys[i]!, { isGrouped: true });
  const notEvaluated = verdicts.filter(({ kind }) => kind === "not-evaluated").length;
  return { evaluated: verdicts.length - notEvaluated, notEvaluated, notify: groupKeys };
}

const DIRECTIONS = ["drop", "spike"] as const;

/** How far back to look for an incident that these verdicts may belong to. */
const MEMORY = 30 * DAY;

/** A watch's own incidents by direction, oldest first, and whether any of its incidents may still change. */
type KnownIncidents = Readonly<Record<Direction, readonly Incident[]>> & { readonly isAnyLive: boolean };

async function knownOf({ watch, from }: Watched, incidents: IncidentStore): Promise<KnownIncidents> {
  const own = Math.min(from, ownSince(watch));
  const [live, recent] = await Promise.all([
    incidents.live(watch.id),
    incidents.since(watch.id, from - MEMORY),
  ]);
  const known = [...live, ...recent].filter(
    ({ openedAt, resolvedAt }) => resolvedAt === undefined || openedAt >= own,
  );
  const each = [...new Map(known.map((incident) => [incident.id, incident])).values()].sort(
    (a, b) => a.openedAt - b.openedAt,
  );
  const of = (direction: Direction) => each.filter((incident) => incident.direction === direction);
  return { drop: of("drop"), spike: of("spike"), isAnyLive: live.length > 0 };
}

/** The first bucket to replay for a watch: incidents that are derived anew reach back to their first hour. */
const beginningFor = (known: KnownIncidents, from: Bucket, oldest: Bucket): Bucket =>
  Math.min(...DIRECTIONS.map((direction) => beginningOf(known[direction], from, oldest)));

/** The incidents of one direction that these verdicts change. */
function follow(
  { watch, from }: Watched,
  known: readonly Incident[],
  direction: Direction,
  verdicts: readonly Verdict[],
  oldest: Bucket,
): Incident[] {
  const begin = beginningOf(known, from, oldest);
  const its = verdicts.filter(({ bucket }) => bucket >= begin);
  return followAll(known, its, direction, watch);
}

/** Updates the incidents of one direction by the verdicts; retries when another writer came first. */
async function track(
  watched: Watched,
  direction: Direction,
  verdicts: readonly Verdict[],
  oldest: Bucket,
  incidents: IncidentStore,
): Promise<Incident[]> {
  const known = await knownOf(watched, incidents);
  const changed = follow(watched, known[direction], direction, verdicts, oldest);
  for (const incident of changed)
    if (!(await incidents.save(incident))) return track(watched, direction, verdicts, oldest, incidents);
  return changed;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
