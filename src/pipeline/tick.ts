import { awaitsEvaluation, dueBuckets, type Progress, spreadOffset, timingOf } from "../series/due.ts";
import { partIdsOf, withParts } from "../series/ratio.ts";
import { seriesRef } from "../series/series.ts";
import type { Bucket } from "../time/time.ts";
import type { Context } from "./context.ts";

export interface Due {
  /** Series to collect now. */
  readonly collect: string[];
  /** One series of each workspace that cannot be read, as a probe. */
  readonly probe: string[];
  /** Series that were collected and not evaluated, whatever became of their job. */
  readonly evaluate: string[];
  /** Group keys with entries in the outbox, or with a re-check due. */
  readonly notify: string[];
}

/** Finds what is due. It only reads, so it may run late, twice, or in two workers at once. */
export async function tick({
  watches,
  progress,
  outbox,
  rechecks,
  failures,
  timing,
  clock,
  profiles,
}: Context): Promise<Due> {
  const now = clock();
  const [ids, progressOf, queued, dueRechecks, failing, profileOf] = await Promise.all([
    watches.seriesIds().then(withParts),
    progress.all(),
    outbox.all(),
    rechecks.due(now),
    failures.all(),
    profiles(),
  ]);
  const due = ids.filter((id) => {
    const profile = profileOf(id);
    // Only a snapshot has a timing of its own, and it is read by the day.
    const its = profile.unit === "hour" ? timing : timingOf(seriesRef(id), timing);
    const dueAfter = (offset: number) => dueBuckets(progressOf.get(id), now, profile, its, offset);
    // Most are not due, whatever their offset.
    if (dueAfter(0).length === 0) return false;
    const [first] = dueAfter(spreadOffset(id, timing.spread));
    return first !== undefined && areCollected(partIdsOf(id), first, progressOf);
  });
  const collected = ids.filter((id) => awaitsEvaluation(progressOf.get(id) ?? {}));
  return {
    ...withProbes(due, new Set(failing.keys())),
    evaluate: collected,
    notify: [...new Set([...queued.values(), ...dueRechecks].map(({ groupKey }) => groupKey))],
  };
}

/** Whether the parts of a ratio are collected up to a bucket: it is made from them, so it comes after them. */
const areCollected = (
  parts: readonly string[],
  bucket: Bucket,
  progressOf: ReadonlyMap<string, Progress>,
): boolean =>
  parts.every((part) => {
    const { collectedThrough } = progressOf.get(part) ?? {};
    return collectedThrough !== undefined && collectedThrough >= bucket;
  });

// While Braze refuses a workspace, one series probes for all: a thousand refusals a minute help nobody. It is a random
// one, since that series alone may be the one refused.
function withProbes(due: readonly string[], failing: ReadonlySet<string>): Pick<Due, "collect" | "probe"> {
  // A ratio asks Braze for nothing.
  const isRatio = (id: string) => partIdsOf(id).length > 0;
  const ratios = due.filter(isRatio);
  const read = due.filter((id) => !isRatio(id));
  const byWorkspace = Map.groupBy(read, (id) => seriesRef(id).workspace);
  const [refused, others] = [true, false].map((isFailing) =>
    [...byWorkspace].filter(([workspace]) => failing.has(workspace) === isFailing).map(([, ids]) => ids),
  ) as [string[][], string[][]];
  return {
    collect: [...others.flat(), ...ratios],
    probe: refused.map((ids) => ids[Math.floor(Math.random() * ids.length)]!),
  };
}
