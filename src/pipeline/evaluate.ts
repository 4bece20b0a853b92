import { notableOf } from "../core/audit.ts";
import { roomOf } from "../core/cause.ts";
import { hasNews } from "../core/decide.ts";
import { verdictOf } from "../core/detector/detector.ts";
import type { Progress, Timing } from "../core/due.ts";
import { reachesBack } from "../core/history-plan.ts";
import { follow, type Incident } from "../core/incident.ts";
import { firstArrived, stillAwaited, withoutUnsure } from "../core/late.ts";
import { replayInSlices } from "../core/replay.ts";
import { type Bucket, DAY, stepOf, type Unit } from "../core/time.ts";
import { unjudgedRun } from "../core/unjudged-run.ts";
import type { Direction, UnjudgedReason, Verdict } from "../core/verdict.ts";
import { ownSince, type Watch } from "../core/watch.ts";
import { inTurns } from "./in-turns.ts";
import { learnableOf, settleExclusion } from "./lessons.ts";
import type { AuditStore, Journal } from "./ports/audit.ts";
import type { IncidentStore, Outbox } from "./ports/incidents.ts";
import type { Profiles } from "./ports/profiles.ts";
import type { ProgressStore, SeriesStore, StoredSeries } from "./ports/series.ts";
import type { ExclusionStore } from "./ports/teaching.ts";
import type { WatchStore } from "./ports/watches.ts";

export interface EvaluateDeps {
  readonly series: Pick<SeriesStore, "read" | "saveState">;
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
  /** Buckets judged, summed over watches. */
  readonly judged: number;
  readonly unjudged: number;
  /** Rooms in which there is something to say. */
  readonly notify: string[];
}

/**
 * Judges every bucket of one series that is stored and not judged yet, in order; once one comes that was given up on,
 * all from that one on, since what came after it was judged without it. Safe to repeat.
 */
export async function evaluate(seriesId: string, deps: EvaluateDeps): Promise<Evaluated> {
  const { series, progress, watches, timing, profiles } = deps;
  const nothing = { judged: 0, unjudged: 0, notify: [] };
  const [read, standing] = await Promise.all([learnableOf(seriesId, deps), progress.of(seriesId)]);
  const profile = (await profiles())(seriesId);
  const step = stepOf(profile.unit);
  if (!read || !isWhole(read, standing, profile.unit)) {
    // Lost, in whole or in part, since it was collected: it is read again from the next tick on.
    if (standing?.collectedThrough !== undefined)
      await progress.save(seriesId, { collectedThrough: undefined });
    return nothing;
  }
  const awaited = standing?.awaited ?? [];
  const stored = { ...read, history: withoutUnsure(awaited, read.history, profile.unit) };
  const through = stored.collectedThrough;
  const trailing = Math.max(timing.trailing, step);
  const judged = standing?.judgedThrough ?? judgedBy(read, trailing);
  const from = Math.min(
    judged === undefined ? through : judged + step,
    firstArrived(awaited, stored.history, profile.unit) ?? Number.POSITIVE_INFINITY,
  );
  if (from > through) {
    if (standing?.judgedThrough === undefined) await progress.save(seriesId, { judgedThrough: judged });
    return nothing;
  }

  const settleAt = through - trailing;
  const { evidence, settled } = await inTurns(replayInSlices(stored, profile, from, settleAt));

  const { judgedThrough, unjudged } = standing ?? {};
  const lasting = unjudged?.through === judgedThrough ? unjudged : undefined;
  const outcomes: Evaluated[] = [];
  for (const watch of await watches.forSeries(seriesId)) {
    outcomes.push(
      await judge(
        watch,
        evidence.map((seen) => verdictOf(seen, watch)),
        lasting?.because,
        deps,
      ),
    );
  }
  if (settled && settled.through !== stored.state?.through)
    await series.saveState(seriesId, settled, stored.revision);
  // Last of all: whatever is lost in a crash before this line is simply done again.
  const run = unjudgedRun(lasting, evidence);
  await progress.save(seriesId, {
    judgedThrough: through,
    awaited: stillAwaited(awaited, stored.history, from, through, profile.unit),
    unjudged: run,
  });
  return {
    judged: sum(outcomes.map(({ judged }) => judged)),
    unjudged: sum(outcomes.map(({ unjudged }) => unjudged)),
    notify: [...new Set(outcomes.flatMap(({ notify }) => notify))],
  };
}

/** Whether what is stored is what was collected, and as long as a history should be. */
const isWhole = (stored: StoredSeries, standing: Progress | undefined, unit: Unit): boolean =>
  reachesBack(stored, unit) && stored.collectedThrough >= (standing?.collectedThrough ?? 0);

/** Up to where a series was judged, read from what was learned then: for where its own standing is lost. */
const judgedBy = ({ state }: StoredSeries, trailing: number): Bucket | undefined =>
  state && state.through + trailing;

async function judge(
  watch: Watch,
  verdicts: readonly Verdict[],
  unjudgedBefore: UnjudgedReason | undefined,
  deps: EvaluateDeps,
): Promise<Evaluated> {
  const { incidents, journal, audit, outbox } = deps;
  for (const direction of ["drop", "spike"] as const) await track(watch, direction, verdicts, incidents);
  await journal.record(
    watch.id,
    verdicts.map(({ bucket, kind }) => ({ bucket, verdict: kind })),
  );
  const [first, last] = [verdicts[0]!.bucket, verdicts.at(-1)!.bucket];
  await audit.recordVerdicts(watch.id, first, last, notableOf(verdicts, unjudgedBefore));

  const live = await incidents.live(watch.id);
  // What is labelled goes on being no example while it goes on.
  for (const { id, labelled } of live) if (labelled) await settleExclusion(id, watch, deps);

  // Also what is muted: whoever is to say it decides, and notes that it stayed quiet.
  const speaking = live.filter(hasNews);
  const rooms = speaking.map((incident) => roomOf(watch, incident));
  for (const [i, { id }] of speaking.entries()) await outbox.add(id, rooms[i]!, { isGathered: true });
  const unjudged = verdicts.filter(({ kind }) => kind === "unjudged").length;
  return { judged: verdicts.length - unjudged, unjudged, notify: rooms };
}

/** How far back an incident is looked for that these verdicts may belong to. */
const MEMORY = 30 * DAY;

/** Lets the incidents of one direction follow the verdicts; begins again where another writer came between. */
async function track(
  watch: Watch,
  direction: Direction,
  verdicts: readonly Verdict[],
  incidents: IncidentStore,
): Promise<void> {
  const first = verdicts[0]!.bucket;
  const own = Math.min(first, ownSince(watch));
  const known = [...(await incidents.live(watch.id)), ...(await incidents.since(watch.id, first - MEMORY))]
    .filter((incident) => incident.direction === direction)
    .filter(({ openedAt, resolvedAt }) => resolvedAt === undefined || openedAt >= own)
    .sort((a, b) => a.openedAt - b.openedAt);

  let current: Incident | undefined = known.at(-1);
  let saved = current;
  for (const [i, verdict] of verdicts.entries()) {
    current = follow(current, verdict, direction, watch);
    const isLast = i === verdicts.length - 1;
    const isOver = current?.resolvedAt !== undefined;
    if (!current || current === saved || !(isLast || isOver)) continue;
    saved = await incidents.save(current);
    if (!saved) return track(watch, direction, verdicts, incidents);
    current = saved;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
