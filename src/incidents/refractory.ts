import type { Direction, Verdict } from "../detector/verdict/verdict.ts";
import { type Bucket, DAY } from "../time/time.ts";

/** How long a direction must have been without anomalies before the next one is news again, in milliseconds. */
export const REFRACTORY = DAY;

/** By which factor the score must grow to be news anyway. */
const GROWTH = 1.5;

export type Anomalous = Extract<Verdict, { kind: "anomalous" }>;

/** The last anomaly and the last alert in one direction. */
export interface LastAlert {
  /** The last anomalous bucket. */
  readonly lastBucket: Bucket;
  /** The absolute anomaly score that was alerted on. */
  readonly anomalyScore: number;
}

/**
 * Whether an anomalous bucket is news: its direction had no anomaly for a day, or its score is half again the one
 * alerted on. A shifted level is anomalous for days and alerts once.
 * @example isNews({ lastBucket: hour - 3 * HOUR, anomalyScore: 5 }, hour, 7); // => false
 */
export const isNews = (
  before: LastAlert | undefined,
  bucket: Bucket,
  anomalyScore: number,
  refractory = REFRACTORY,
): boolean =>
  before === undefined ||
  bucket - before.lastBucket >= refractory ||
  anomalyScore >= GROWTH * before.anomalyScore;

/** The anomalous verdicts, in order, that are news. */
export function newsAmong(verdicts: Iterable<Verdict>, refractory = REFRACTORY): Anomalous[] {
  const alerted: { [direction in Direction]?: LastAlert } = {};
  const news: Anomalous[] = [];
  for (const verdict of verdicts) {
    if (verdict.kind !== "anomalous") continue;
    const { bucket, direction, score } = verdict;
    const before = alerted[direction];
    const anomalyScore = Math.abs(score.anomalyScore);
    const isNew = isNews(before, bucket, anomalyScore, refractory);
    alerted[direction] = {
      lastBucket: bucket,
      anomalyScore: isNew || !before ? anomalyScore : before.anomalyScore,
    };
    if (isNew) news.push(verdict);
  }
  return news;
}
