import { type Bucket, DAY } from "./time.ts";
import type { Direction, Verdict } from "./verdict.ts";

/** How long nothing more is said in the same direction, in milliseconds, unless it has grown. */
export const REFRACTORY = DAY;

/** How much more surprising it must be to be said again within that time. */
const GROWTH = 2;

/** What was last said in one direction. */
export interface Said {
  readonly bucket: Bucket;
  /** Without sign. */
  readonly surprise: number;
}

/**
 * Whether an anomalous bucket is news: nothing was said in its direction for a day, or it is twice as surprising.
 * @example isNews({ bucket: hour - 3 * HOUR, surprise: 5 }, { bucket: hour, surprise: 9 }); // => false
 */
export const isNews = (before: Said | undefined, now: Said, refractory = REFRACTORY): boolean =>
  before === undefined ||
  now.bucket - before.bucket >= refractory ||
  now.surprise >= GROWTH * before.surprise;

/** The anomalous verdicts, in order, that are news. */
export function newsAmong(verdicts: Iterable<Verdict>, refractory = REFRACTORY): Anomalous[] {
  const said: { [direction in Direction]?: Said } = {};
  const news: Anomalous[] = [];
  for (const verdict of verdicts) {
    if (verdict.kind !== "anomalous") continue;
    const now = { bucket: verdict.bucket, surprise: Math.abs(verdict.score.surprise) };
    if (!isNews(said[verdict.direction], now, refractory)) continue;
    said[verdict.direction] = now;
    news.push(verdict);
  }
  return news;
}

export type Anomalous = Extract<Verdict, { kind: "anomalous" }>;
