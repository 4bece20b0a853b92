import type { Direction, Verdict } from "../detector/verdict.ts";
import type { Watch } from "../settings/watch.ts";
import { follow, type Incident } from "./incident.ts";

/** Incidents of one watch in one direction. */
type Incidents = readonly Incident[];

/**
 * Those of the known incidents whose hours are evaluated again from `from` on, and can be: whatever a person or a new level
 * ended stays as it was told.
 */
const isEvaluatedAgain = ({ lastBucket, labelled, accepted }: Incident, from: number): boolean =>
  lastBucket >= from && !(accepted && labelled?.label === "new-normal");

/**
 * From where verdicts are needed when those from `from` on are made anew: an incident is a sum over its hours, so it is
 * derived from its first one on. What began before the history stays as it was told.
 */
export const beginningOf = (known: Incidents, from: number, oldest: number): number =>
  Math.min(
    from,
    ...known.flatMap((incident) =>
      isEvaluatedAgain(incident, from) && incident.openedAt >= oldest ? [incident.openedAt] : [],
    ),
  );

/**
 * Lets the incidents of one direction follow these verdicts. Those whose hours are among them are derived from them anew:
 * they keep their names and what people did and were told, and begin, last, sum up and end as the hours say by now. One
 * whose hours are no longer anomalous at all is retracted. Answers those that changed, in order.
 * @param known oldest first.
 */
export function followAll(
  known: Incidents,
  verdicts: readonly Verdict[],
  direction: Direction,
  watch: Pick<Watch, "id" | "series">,
): Incident[] {
  const first = verdicts[0]!.bucket;
  const fixed = known.filter(
    (incident) =>
      !isEvaluatedAgain(incident, first) ||
      incident.openedAt < first ||
      isUnknown(incident, verdicts, direction),
  );
  const begun = Math.max(first, ...fixed.map(({ lastBucket }) => lastBucket));
  // What lies before one that stays as it was told stays so, too.
  const derived = known.filter((incident) => !fixed.includes(incident) && incident.openedAt >= begun);
  const before = known.findLast(
    (incident) => incident.retracted === undefined && !derived.includes(incident),
  );
  return matched(before, derived, runsOf(before, verdicts, direction, watch), verdicts, direction);
}

/** The incidents that the verdicts show, the first of them perhaps one that there was before. */
function runsOf(
  before: Incident | undefined,
  verdicts: readonly Verdict[],
  direction: Direction,
  watch: Pick<Watch, "id" | "series">,
): Incident[] {
  const runs = new Map<string, Incident>();
  let current = before;
  for (const verdict of verdicts) {
    current = follow(current, verdict, direction, watch);
    if (current && current !== before) runs.set(current.id, current);
  }
  return [...runs.values()];
}

/** The runs under the names of the incidents they were known as, and what became of those that are no run any more. */
function matched(
  before: Incident | undefined,
  derived: Incidents,
  runs: Incidents,
  verdicts: readonly Verdict[],
  direction: Direction,
): Incident[] {
  const left = new Set(derived);
  const named = runs.map((run) => {
    if (run.id === before?.id) return run;
    const same =
      derived.find((incident) => left.has(incident) && incident.id === run.id) ??
      derived.find((incident) => left.has(incident) && overlaps(incident, run));
    if (!same) return run;
    left.delete(same);
    return asKnown(same, run);
  });
  const gone = [...left].flatMap((incident) => endOf(incident, verdicts, direction));
  return [...gone, ...named.filter((run) => !derived.some((incident) => isSame(incident, run)))];
}

const overlaps = (a: Incident, b: Incident): boolean =>
  a.openedAt <= b.lastAnomalousBucket && b.openedAt <= a.lastAnomalousBucket;

/** What the hours say by now, with what people did and were told. */
function asKnown(known: Incident, run: Incident): Incident {
  const { id, version, alertGroupId, lastNotified, suppressed, acknowledged, labelled } = known;
  const { acknowledged: _, ...shown } = run;
  const isOpenAgain = known.resolvedAt !== undefined && run.resolvedAt === undefined;
  const reopenedAt = run.reopenedAt ?? (isOpenAgain ? known.resolvedAt : known.reopenedAt);
  // Whoever took care of it did so until it was over.
  const isSeenTo = acknowledged && reopenedAt === known.reopenedAt;
  return {
    ...shown,
    id,
    version,
    ...(reopenedAt !== undefined && { reopenedAt }),
    ...(alertGroupId !== undefined && { alertGroupId }),
    ...(lastNotified && { lastNotified }),
    ...(suppressed && { suppressed }),
    ...(isSeenTo && { acknowledged }),
    ...(labelled && { labelled }),
  };
}

/** An incident that the hours no longer begin: they are as expected, or belong to another one by now. */
function endOf(incident: Incident, verdicts: readonly Verdict[], direction: Direction): Incident[] {
  if (incident.retracted !== undefined) return [];
  const last = verdicts.at(-1)!.bucket;
  if (spanOf(incident, verdicts).some((verdict) => isAnomalous(verdict, direction)))
    return incident.resolvedAt === undefined ? [{ ...incident, lastBucket: last, resolvedAt: last }] : [];
  const evaluated = spanOf(incident, verdicts).flatMap((verdict) =>
    verdict.kind === "not-evaluated" ? [] : [verdict.score],
  );
  const latest = verdicts
    .flatMap((verdict) => (verdict.kind === "not-evaluated" ? [] : [verdict.score]))
    .at(-1)!;
  return [
    {
      ...incident,
      retracted: last,
      resolvedAt: incident.resolvedAt ?? last,
      lastBucket: Math.max(incident.lastBucket, last),
      latest,
      worst: evaluated.reduce((worst, score) =>
        Math.abs(score.anomalyScore) > Math.abs(worst.anomalyScore) ? score : worst,
      ),
      balance: evaluated.reduce((sum, { observed, expected }) => sum + observed - expected, 0),
      expected: evaluated.reduce((sum, { expected }) => sum + expected, 0),
    },
  ];
}

/** Whether nobody can tell any more whether there was one: its hours are unknown now, and unknown is not normal. */
function isUnknown(incident: Incident, verdicts: readonly Verdict[], direction: Direction): boolean {
  const span = spanOf(incident, verdicts);
  if (span.some((verdict) => isAnomalous(verdict, direction))) return false;
  return [incident.openedAt, incident.lastAnomalousBucket].some(
    (bucket) =>
      (span.find((verdict) => verdict.bucket === bucket)?.kind ?? "not-evaluated") === "not-evaluated",
  );
}

const spanOf = ({ openedAt, lastAnomalousBucket }: Incident, verdicts: readonly Verdict[]): Verdict[] =>
  verdicts.filter(({ bucket }) => bucket >= openedAt && bucket <= lastAnomalousBucket);

const isAnomalous = (verdict: Verdict, direction: Direction): boolean =>
  verdict.kind === "anomalous" && verdict.direction === direction;

const isSame = (a: Incident, b: Incident): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (incident: Incident) => Object.entries(incident).sort(([a], [b]) => (a < b ? -1 : 1));
