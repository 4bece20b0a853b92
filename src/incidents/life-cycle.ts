import { seasonalityOf } from "../detector/seasonality.ts";
import { type Direction, isAsExpected, type Score, type Verdict } from "../detector/verdict/verdict.ts";
import { TIDEWATCH } from "../settings/change.ts";
import type { Watch } from "../settings/watch.ts";
import { type Bucket, bucketName, stepOf } from "../time/time.ts";
import { type Incident, isNewNormal } from "./incident.ts";

/** After how many calm buckets in a row an incident resolves. */
const CALM_BUCKETS = 2;

/**
 * The reopen window: within how many buckets of its end an incident is reopened, in the same thread. With 12, an
 * incident of the exam takes 1.07 messages instead of 1.21; but an app's outage at night then continues in the thread
 * of that morning's outage of all apps.
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
    return isSame ? reopen(before, verdict) : openIncident(verdict, watch);
  }
  return open ? addCalm(open, verdict, watch) : before;
}

type Evaluated = Exclude<Verdict, { kind: "not-evaluated" }>;
type Anomalous = Extract<Verdict, { kind: "anomalous" }>;

/** Whether a level in the direction of an incident has lasted so long that the detector now expects it. */
const isNewLevelOf = ({ isNewLevel, score }: Evaluated, direction: Direction): boolean =>
  isNewLevel === true && (direction === "drop") === score.observed < score.expected;

/**
 * Whether a bucket has recovered, though a longer window still contains the anomaly: inside the expected range that
 * people see, and with less than half of the incident's overall relative loss.
 */
const hasRecovered = (incident: Incident, score: Score): boolean =>
  isAsExpected(score) && missesLessThanHalfOf(incident, score);

function missesLessThanHalfOf({ balance, expected }: Incident, score: Score): boolean {
  const missed = (score.observed - score.expected) / Math.max(1, score.expected);
  const typical = balance / Math.max(1, expected);
  return missed * Math.sign(typical) < Math.abs(typical) / 2;
}

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
  missesLessThanHalfOf(over, score);

/** Whether an anomaly is only a resolved incident, seen again through a window that includes its hours. */
const isEcho = (over: Incident, { bucket, score }: Anomalous, { series }: Pick<Watch, "series">): boolean =>
  isAsExpected(score) && bucket - score.window * stepOf(series.unit) < over.lastAnomalousBucket;

const openIncident = (
  { bucket, direction, severity, score }: Anomalous,
  { id, series }: Pick<Watch, "id" | "series">,
): Incident => ({
  id: `${id}.${direction}@${bucketName(bucket, series.unit)}`,
  watchId: id,
  direction,
  openedAt: bucket,
  lastAnomalousBucket: bucket,
  lastBucket: bucket,
  severity,
  latest: score,
  worst: score,
  balance: score.observed - score.expected,
  expected: score.expected,
  version: 0,
});

const add = (incident: Incident, { bucket, score }: Evaluated): Incident => ({
  ...incident,
  lastBucket: bucket,
  latest: score,
  worst: Math.abs(score.anomalyScore) > Math.abs(incident.worst.anomalyScore) ? score : incident.worst,
  balance: incident.balance + score.observed - score.expected,
  expected: incident.expected + score.expected,
});

// An incident keeps its worst severity: people were paged for it.
const extend = (incident: Incident, verdict: Anomalous): Incident => ({
  ...add(incident, verdict),
  lastAnomalousBucket: verdict.bucket,
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

function addCalm(incident: Incident, verdict: Evaluated, { series }: Pick<Watch, "series">): Incident {
  const calm = verdict.bucket - incident.lastAnomalousBucket >= CALM_BUCKETS * stepOf(series.unit);
  if (!calm || !isAsExpected(verdict.score)) return add(incident, verdict);
  return { ...incident, lastBucket: verdict.bucket, latest: verdict.score, resolvedAt: verdict.bucket };
}

// All its hours were off, though the last bucket alone may be within the expected range.
const acceptLevel = (
  incident: Incident,
  verdict: Evaluated,
  { series }: Pick<Watch, "series">,
): Incident => ({
  ...add(incident, verdict),
  lastAnomalousBucket: verdict.bucket,
  resolvedAt: verdict.bucket,
  accepted: { by: TIDEWATCH, at: verdict.bucket + stepOf(series.unit), bucket: verdict.bucket },
});
