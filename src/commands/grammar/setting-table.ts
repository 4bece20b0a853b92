import { InputError } from "../../errors.ts";
import { type Counted, type MetricName, metricNamed, metricNames } from "../../metrics/metrics.ts";
import type { QuietHours } from "../../notifications/quiet-hours.ts";
import type { Rules } from "../../settings/watch.ts";
import { quietSpan, weekdayWords } from "../../text/quiet-hours.ts";
import { sensitivityWords } from "../../text/sensitivity.ts";
import type { Unit } from "../../time/time.ts";
import { nearest } from "./nearest.ts";
import { denominatorOf, denominatorWords } from "./ratio.ts";
import {
  AUTO,
  channelOf,
  countOf,
  DIRECTIONS,
  isAuto,
  isNone,
  NONE,
  oneOf,
  ownerOf,
  runbookOf,
  sensitivityOf,
  shareOf,
} from "./setting-values.ts";
import { shortened } from "./shortened.ts";

/** The typed settings of a watch; `null` removes a setting. */
export interface TypedWatch
  extends Partial<Omit<Rules, "thresholdAdjustment" | "minAbsoluteChange" | "minCriticalChange">> {
  /** `null`: from the size of the series. */
  readonly minAbsoluteChange?: number | null;
  readonly minCriticalChange?: number | null;
  readonly workspace?: string;
  readonly metric?: MetricName;
  /** The name of a custom event or a product; `null`: all products. */
  readonly item?: string | null;
  /** The name or the id of a campaign, and of a Canvas. */
  readonly campaign?: string;
  readonly canvas?: string;
  /** What a ratio is divided by; `null`: nothing. */
  readonly per?: Counted | null;
  /** An id from Braze, or the app's name in Tidewatch; `null`: all apps. */
  readonly app?: string | null;
  readonly appName?: string;
  /** An id from Braze, or the segment's name there; `null`: everybody. */
  readonly segment?: string | null;
  readonly segmentName?: string;
  readonly unit?: Unit;
  /** The Slack channel's id. */
  readonly channel?: string;
  readonly quiet?: QuietHours | null;
  /** A Slack user (U…) or user group (S…). */
  readonly owner?: string | null;
  readonly runbook?: string | null;
}

/** One setting: how its value is read and written. Quiet hours are read from three settings together. */
interface Setting {
  read(value: string): TypedWatch;
  /** Undefined where it is not set. */
  print(settings: TypedWatch): string | undefined;
  /** Its value is a name, which may have several words. */
  readonly isName?: true;
}

const name = (field: "workspace" | "campaign" | "canvas" | "appName" | "segmentName"): Setting => ({
  read: (value) => ({ [field]: value }),
  print: (settings) => settings[field],
  isName: true,
});

/** A name or id; `all` stands for null. */
const nameOrAll = (field: "app" | "segment"): Setting => ({
  read: (value) => ({ [field]: value === "all" ? null : value }),
  print: (settings) => (settings[field] === null ? "all" : settings[field]),
  isName: true,
});

const metric: Setting = {
  read(value) {
    const found = metricNamed(value);
    if (found) return { metric: found };
    const meant = nearest(value, metricNames);
    throw new InputError(
      `"${shortened(value)}" is not a metric. ${meant ? `Did you mean ${meant}?` : `Use one of: ${metricNames.join(", ")}`}`,
    );
  },
  print: ({ metric, item }) => (metric === "events" && item ? undefined : metric),
};

/** A custom event, which names its metric as well. */
const event: Setting = {
  read: (value) => ({ metric: "events", item: value }),
  print: ({ metric, item }) => (metric === "events" && item ? item : undefined),
  isName: true,
};

/** A product, whose purchases are meant unless its revenue is named. */
const product: Setting = {
  read: (value) => ({ item: value === "all" ? null : value }),
  print: ({ metric, item }) => (metric === "events" ? undefined : item === null ? "all" : item),
  isName: true,
};

/** What a ratio is divided by. */
const per: Setting = {
  read: (value) => ({ per: denominatorOf(value) }),
  print: ({ per }) => (per === undefined ? undefined : denominatorWords(per)),
  isName: true,
};

/** A value that `none` removes. */
const removable = (field: "owner" | "runbook", read: (value: string) => string): Setting => ({
  read: (value) => ({ [field]: isNone(value) ? null : read(value) }),
  print: (settings) => (settings[field] === null ? NONE : settings[field]),
});

/** A number of counts; `auto`: one that follows from the size of the series. */
const floor = (setting: string, field: "minAbsoluteChange" | "minCriticalChange"): Setting => ({
  read: (value) => ({ [field]: isAuto(value) ? null : countOf(setting, value) }),
  print: ({ [field]: count }) => (count === null ? AUTO : count?.toString()),
});

const quietPart = (print: (quiet: QuietHours) => string | undefined, removed?: string): Setting => ({
  read: () => ({}),
  print: ({ quiet }) => (quiet ? print(quiet) : quiet === null ? removed : undefined),
});

/** The settings of a watch by their names, in the order in which they are written. */
export const settings = {
  workspace: name("workspace"),
  metric,
  event,
  product,
  campaign: name("campaign"),
  canvas: name("canvas"),
  per,
  app: nameOrAll("app"),
  name: name("appName"),
  segment: nameOrAll("segment"),
  "segment-name": name("segmentName"),
  unit: {
    read: (value) => ({ unit: oneOf("unit", value, ["hour", "day"]) }),
    print: ({ unit }) => unit,
  },
  channel: { read: (value) => ({ channel: channelOf(value) }), print: ({ channel }) => channel },
  sensitivity: {
    read: (value) => ({ sensitivity: sensitivityOf(value) }),
    print: ({ sensitivity }) => sensitivity && sensitivityWords(sensitivity),
  },
  "min-change": {
    read: (value) => ({ minRelativeChange: shareOf(value) }),
    print: ({ minRelativeChange: share }) =>
      share === undefined ? undefined : `${Math.round(share * 100)}%`,
  },
  "min-count": floor("min-count", "minAbsoluteChange"),
  "critical-from": floor("critical-from", "minCriticalChange"),
  quiet: quietPart(quietSpan, NONE),
  "quiet-days": quietPart(({ days }) => days && weekdayWords(days)),
  "quiet-critical": quietPart(({ critical }) => (critical ? "yes" : undefined)),
  owner: removable("owner", ownerOf),
  runbook: removable("runbook", runbookOf),
  direction: {
    read: (value) => ({ direction: oneOf("direction", value, DIRECTIONS) }),
    print: ({ direction }) => direction,
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type Key = keyof typeof settings;

/** The names of all settings. */
export const settingNames = Object.keys(settings) as Key[];

/** Other names of settings. */
const ALIASES: Readonly<Record<string, Key>> = { "app-name": "name", "min-sessions": "min-count" };

/** The setting that a name stands for. */
export const keyNamed = (name: string): Key | undefined =>
  settingNames.find((known) => known === name.toLowerCase()) ?? ALIASES[name.toLowerCase()];
