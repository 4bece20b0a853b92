import type { Direction } from "../detector/verdict.ts";
import type { QuietHours } from "../notifications/quiet-hours.ts";
import { type SeriesRef, seriesId } from "../series/series.ts";
import { type Instant, stepOf } from "../time/time.ts";

/** How readily a watch speaks: a word, or the false alarms a month one will bear. */
export type Sensitivity = "low" | "normal" | "high" | { readonly alertsPerMonth: number };

/** What turns the evidence about a bucket into a verdict; the watch's own, not the series'. */
export interface Rules {
  readonly direction: Direction | "both";
  readonly sensitivity: Sensitivity;
  /** Changes smaller than this share of what was expected are never anomalous (0.1: 10 %). */
  readonly minRelativeChange: number;
  /** Changes of fewer sessions than this are never anomalous. */
  readonly minAbsoluteChange: number;
  /** By how much the threshold is raised, since people called its alarms false. @default 1 */
  readonly thresholdAdjustment?: number;
}

/** What is watched, how closely, and who is told. */
export interface Watch extends Rules {
  /** A short name that people type, such as `ios-new-users`. */
  readonly id: string;
  readonly series: SeriesRef;
  /** What people call the app and the segment. */
  readonly appName: string;
  readonly segmentName?: string;
  /** The Slack channel's id. */
  readonly channel: string;
  readonly createdAt: Instant;
  /** When it disturbs nobody; left out: it may at any time. */
  readonly quiet?: QuietHours;
  /** Whom a critical incident mentions: a Slack user (U…) or user group (S…). */
  readonly owner?: string;
  /** What to do when it speaks: an https address. */
  readonly runbook?: string;
}

/** The rules of a watch that says nothing about them. */
export const defaultRules: Rules = {
  direction: "both",
  sensitivity: "normal",
  minRelativeChange: 0.1,
  minAbsoluteChange: 0,
};

/** Whether two watches look at the same series and tell the same channel. */
export const isSameWatch = (a: Watch, b: Watch): boolean =>
  seriesId(a.series) === seriesId(b.series) && a.channel === b.channel;

/**
 * The first bucket whose incidents are the watch's own: it begins with what was just over when it came. What is older was
 * found by a watch of the same name, or in the series it looked at before.
 */
export const ownSince = ({ createdAt, series }: Pick<Watch, "createdAt" | "series">): Instant =>
  createdAt - 2 * stepOf(series.unit);

/** What people read: `iOS · New users`. */
export const watchTitle = ({ appName, segmentName }: Pick<Watch, "appName" | "segmentName">): string =>
  segmentName ? `${appName} · ${segmentName}` : appName;

/**
 * The short name made of what is watched, with a number where it is taken.
 * @example watchId("iOS", "New users!", new Set(["ios-new-users"])); // => "ios-new-users-2"
 */
export function watchId(
  appName: string,
  segmentName: string | undefined,
  taken: ReadonlySet<string>,
): string {
  const words = `${appName} ${segmentName ?? ""}`
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const slug = words?.join("-").slice(0, 40) ?? "watch";
  for (let n = 1; ; n++) {
    const id = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(id)) return id;
  }
}
