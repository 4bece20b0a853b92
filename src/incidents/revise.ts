import { type Direction, impactOf, type Verdict } from "../detector/verdict/verdict.ts";
import type { Watch } from "../settings/watch.ts";
import type { Incident } from "./incident.ts";
import { follow, worseOf } from "./life-cycle.ts";

/** Incidents of one watch in one direction. */
type Incidents = readonly Incident[];

/**
 * The known incidents whose hours are evaluated again from `from` on. One that a person or a new level ended stays as
 * it is.
 */
const isEvaluatedAgain = ({ lastBucket, labelled, accepted }: Incident, from: number): boolean =>
  lastBucket >= from && !(accepted && labelled?.label === "new-normal");

/**
 * The first bucket to replay when hours from `from` on are evaluated again: an incident sums over its hours, so it is
 * derived from its first one on. One that began before the history stays as it is.
 */
export const beginningOf = (known: Incidents, from: number, oldest: number): number =>
  Math.min(
    from,
    ...known.flatMap((incident) =>
      isEvaluatedAgain(incident, from) && incident.openedAt >= oldest ? [incident.openedAt] : [],
    ),
  );

/**
 * Updates the incidents of one direction by these verdicts. An incident whose hours are among them is derived anew: it
 * keeps its id, acknowledgement, label and notifications; its span and sums follow the hours. One without any anomalous
 * hour is retracted. Returns the incidents that changed, in order. @param known oldest first.
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
  // An incident before one that stays as it is stays too.
  const derived = known.filter((incident) => !fixed.includes(incident) && incident.openedAt >= begun);
  const before = known.findLast(
    (incident) => incident.retracted === undefined && !derived.includes(incident),
  );
  return matched(before, derived, runsOf(before, verdicts, direction, watch), verdicts, direction);
}

/** The incidents that the verdicts show; the first may continue a known one. */
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

/** Gives the runs the ids of the incidents they were known as, and retracts those that are no run any more. */
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

/** The incident that the hours now show, with what people did and were notified of. */
function asKnown(known: Incident, run: Incident): Incident {
  const { id, version, alertGroupId, lastNotified, suppressed, acknowledged, labelled } = known;
  const { acknowledged: _, ...shown } = run;
  const isOpenAgain = known.resolvedAt !== undefined && run.resolvedAt === undefined;
  const reopenedAt = run.reopenedAt ?? (isOpenAgain ? known.resolvedAt : known.reopenedAt);
  // An acknowledgement ends with the incident.
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

/** An incident whose first hour is no longer anomalous: its hours are as expected, or belong to another one. */
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
  const { began: _, ...noticed } = incident;
  return [
    {
      ...noticed,
      retracted: last,
      resolvedAt: incident.resolvedAt ?? last,
      lastBucket: Math.max(incident.lastBucket, last),
      latest,
      worst: evaluated.reduce((worst, score) => worseOf(worst, score)),
      balance: evaluated.reduce((sum, score) => sum + impactOf(score).balance, 0),
      expected: evaluated.reduce((sum, score) => sum + impactOf(score).expected, 0),
    },
  ];
}

/** Whether nobody can tell if there was an incident: its hours are unknown now, and unknown is not normal. */
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
