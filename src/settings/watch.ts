import type { Direction } from "../detector/verdict/verdict.ts";
import { isOfSessions, type Measured, metricOf, metricTitle } from "../metrics/metrics.ts";
import type { QuietHours } from "../notifications/quiet-hours.ts";
import { type SeriesRef, seriesId } from "../series/series.ts";
import { type Instant, stepOf } from "../time/time.ts";

/** How sensitive a watch is: a word, or the false alarms a month that people accept. */
export type Sensitivity = "low" | "normal" | "high" | { readonly alertsPerMonth: number };

/** What turns the evaluation of a bucket into a verdict; per watch, not per series. */
export interface Rules {
  readonly direction: Direction | "both";
  readonly sensitivity: Sensitivity;
  /** Changes smaller than this share of the expected value are never anomalous (0.1: 10%). */
  readonly minRelativeChange: number;
  /** Changes of less than this, in what the metric counts, are never anomalous. @default from the series' own size (`verdict/floors.ts`) */
  readonly minAbsoluteChange?: number;
  /** Changes of less than this are never critical. @default from the series' own size */
  readonly minCriticalChange?: number;
  /** The threshold adjustment that false alarms led to. @default 1 */
  readonly thresholdAdjustment?: number;
}

/** A series that somebody wants to be alerted about, with its settings. */
export interface Watch extends Rules {
  /** A short name that people type, such as `ios-new-users`. */
  readonly id: string;
  readonly series: SeriesRef;
  /** The names of the app, the campaign or Canvas, and the segment. */
  readonly appName: string;
  readonly itemName?: string;
  readonly segmentName?: string;
  /** The Slack channel's id. */
  readonly channel: string;
  readonly createdAt: Instant;
  /** Its quiet hours; left out: none. */
  readonly quiet?: QuietHours;
  /** Whom a critical incident mentions: a Slack user (U…) or user group (S…). */
  readonly owner?: string;
  /** What to do about an alert: an https address. */
  readonly runbook?: string;
}

/** The default rules. */
export const defaultRules: Rules = {
  direction: "both",
  sensitivity: "normal",
  minRelativeChange: 0.1,
};

/** Whether two watches have the same series and channel. */
export const isSameWatch = (a: Watch, b: Watch): boolean =>
  seriesId(a.series) === seriesId(b.series) && a.channel === b.channel;

/**
 * The first bucket whose incidents belong to the watch: the last one that was over when it was added. Older ones belong
 * to a watch of the same name, or to its former series.
 */
export const ownSince = ({ createdAt, series }: Pick<Watch, "createdAt" | "series">): Instant =>
  createdAt - 2 * stepOf(series.unit);

/** What a title is made of. */
export type Titled = Pick<Watch, "appName" | "itemName" | "segmentName"> & {
  readonly series: Measured;
};

/** The names in a title: what is counted unless it is sessions, the app, the segment. */
export const titleNames = ({ series, appName, itemName, segmentName }: Titled): string[] => [
  ...(isOfSessions(series) ? [] : [metricTitle(series, itemName)]),
  ...(metricOf(series).hasApp ? [appName] : []),
  ...(segmentName ? [segmentName] : []),
];

/** What people read: `iOS · New users`, `Order Completed · iOS`. */
export const watchTitle = (watch: Titled): string => titleNames(watch).join(" · ");

/**
 * The short name of a watch, with a number if it is taken.
 * @example watchId("iOS · New users!", new Set(["ios-new-users"])); // => "ios-new-users-2"
 */
export function watchId(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const slug = words?.join("-").slice(0, 40).replace(/-$/, "") ?? "watch";
  for (let n = 1; ; n++) {
    const id = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(id)) return id;
  }
}
