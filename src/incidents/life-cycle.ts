import { seasonalityOf } from "../detector/seasonality.ts";
import {
  type Direction,
  impactOf,
  isAsExpected,
  type Score,
  type Verdict,
} from "../detector/verdict/verdict.ts";
import { TIDEWATCH } from "../settings/change.ts";
import type { Watch } from "../settings/watch.ts";
import { type Bucket, bucketName, stepOf } from "../time/time.ts";
import { type Incident, isNewNormal } from "./incident.ts";
import { isNearExpected, isPartial, isRecovered, recoveryWith } from "./recovery.ts";

/**
 * The reopen window: within how many buckets of its end an incident is reopened, in the same thread. With more, an app's
 * outage at night would continue in the thread of that morning's outage of all apps.
 */
const REOPEN_BUCKETS = 6;

/** The incident after one more verdict, or undefined if there is none. */
export function follow(
  before: Incident | undefined,
  verdict: Verdict,
  direction: Direction,
  watch: Pick<Watch, "id" | "series">,
): Incident | undefined {
  if (before && verdict.bucket <= before.lastBucket) return before;
  const open = before?.resolvedAt === undefined ? before : undefined;
  if (verdict.kind === "not-evaluated") return before;
  if (open && isNewLevelOf(verdict, direction)) return acceptLevel(open, verdict, watch);
  if (verdict.kind === "anomalous" && verdict.direction === direction) {
    if (open)
      return hasRecovered(open, verdict.score) ? addCalm(open, verdict, watch) : extend(open, verdict);
    if (before && (isEcho(before, verdict, watch) || isRestOfNewLevel(before, verdict, watch))) return before;
    const isSame = before && !isNewNormal(before) && isInReopenWindow(before, verdict.bucket, watch);
    return isSame ? reopen(before, verdict) : openIncident(verdict, watch, before?.lastBucket);
  }
  return open ? addCalm(open, verdict, watch) : before;
}

type Evaluated = Exclude<Verdict, { kind: "not-evaluated" }>;
type Anomalous = Extract<Verdict, { kind: "anomalous" }>;

/** Whether a level in the direction of an incident has lasted so long that the detector now expects it. */
const isNewLevelOf = ({ isNewLevel, score }: Evaluated, direction: Direction): boolean =>
  isNewLevel === true && (direction === "drop") === score.observed < score.expected;

/** Whether a bucket has recovered, though a longer window still contains the anomaly. */
const hasRecovered = (incident: Incident, score: Score): boolean =>
  isAsExpected(score) && isNearExpected(incident, score);

/**
 * Whether an anomaly is only the rest of a level change that counts as normal: the new level is measured over a day
 * (for days, a week), and until then does not fit every hour.
 */
const isRestOfNewLevel = (
  over: Incident,
  { bucket, score }: Anomalous,
  { series }: Pick<Watch, "series">,
): boolean =>
  isNewNormal(over) &&
  bucket - over.resolvedAt! <= seasonalityOf(series.unit).levelWindow * stepOf(series.unit) &&
  isNearExpected(over, score);

/** Whether an anomaly is only a resolved incident, seen again through a window that includes its hours. */
const isEcho = (over: Incident, { bucket, score }: Anomalous, { series }: Pick<Watch, "series">): boolean =>
  isAsExpected(score) && bucket - score.window * stepOf(series.unit) < over.lastAnomalousBucket;

/** @param after the last bucket of the incident before, to which earlier ones belong */
function openIncident(
  { bucket, direction, severity, score, began }: Anomalous,
  { id, series }: Pick<Watch, "id" | "series">,
  after = Number.NEGATIVE_INFINITY,
): Incident {
  const isTogether = began !== undefined && began.at > after;
  const at = isTogether ? began.at : bucket;
  const impact = isTogether
    ? { balance: began.observed - began.expected, expected: began.expected }
    : impactOf(score);
  return {
    id: `${id}.${direction}@${bucketName(bucket, series.unit)}`,
    watchId: id,
    direction,
    openedAt: bucket,
    ...(at < bucket && { began: at }),
    lastAnomalousBucket: bucket,
    lastBucket: bucket,
    severity,
    latest: score,
    worst: score,
    ...impact,
    version: 0,
  };
}

/** The incident with one more bucket up to which it lasts, and with those since the last such. */
const add = ({ recovery, ...incident }: Incident, { bucket, score }: Evaluated): Incident => ({
  ...incident,
  lastAnomalousBucket: bucket,
  lastBucket: bucket,
  latest: score,
  worst: worseOf(incident.worst, score),
  balance: incident.balance + (recovery?.balance ?? 0) + impactOf(score).balance,
  expected: incident.expected + (recovery?.expected ?? 0) + impactOf(score).expected,
});

/** The more unusual of two scores; the first of equal ones. */
export const worseOf = (worst: Score, score: Score): Score =>
  Math.abs(score.anomalyScore) > Math.abs(worst.anomalyScore) ? score : worst;

// An incident keeps its worst severity: people were paged for it.
const extend = (incident: Incident, verdict: Anomalous): Incident => ({
  ...add(incident, verdict),
  severity: incident.severity === "critical" ? "critical" : verdict.severity,
});

const isInReopenWindow = (
  { resolvedAt }: Incident,
  bucket: Bucket,
  { series }: Pick<Watch, "series">,
): boolean => resolvedAt !== undefined && bucket - resolvedAt <= REOPEN_BUCKETS * stepOf(series.unit);

// An acknowledgement ends with the incident.
function reopen(
  { resolvedAt: _, acknowledged: __, unwatched: ___, ...incident }: Incident,
  verdict: Anomalous,
): Incident {
  return { ...extend(incident, verdict), reopenedAt: verdict.bucket };
}

function addCalm(incident: Incident, verdict: Evaluated, watch: Pick<Watch, "series">): Incident {
  const { recovery: _, ...known } = incident;
  const { bucket, score } = verdict;
  const recovery = recoveryWith(incident, score);
  const next = { ...known, lastBucket: bucket, latest: score };
  if (!isRecovered(recovery, score)) return { ...next, worst: worseOf(incident.worst, score), recovery };
  return isLearned(incident, bucket, watch) && isPartial(recovery)
    ? acceptLevel(incident, verdict, watch)
    : { ...next, resolvedAt: bucket };
}

/** Whether an incident has lasted so long that the baseline has moved towards it. */
const isLearned = (
  { openedAt, labelled }: Incident,
  bucket: Bucket,
  { series: { unit } }: Pick<Watch, "series">,
): boolean =>
  bucket - openedAt >= seasonalityOf(unit).changepointAfter * stepOf(unit) &&
  (labelled === undefined || labelled.label === "false-alarm");

// All its hours were off, though the last bucket alone may be within the expected range.
const acceptLevel = (
  incident: Incident,
  verdict: Evaluated,
  { series }: Pick<Watch, "series">,
): Incident => ({
  ...add(incident, verdict),
  resolvedAt: verdict.bucket,
  accepted: { by: TIDEWATCH, at: verdict.bucket + stepOf(series.unit), bucket: verdict.bucket },
});
