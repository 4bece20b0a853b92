import type { Direction } from "../../../detector/verdict/verdict.ts";
import type { Counted, MetricName } from "../../../metrics/metrics.ts";
import type { App } from "../../../series/app.ts";
import { defaultRules, type Watch } from "../../../settings/watch.ts";
import type { Unit } from "../../../time/time.ts";

/** The content of the watch form as typed or chosen, valid or not. */
export interface WatchForm {
  readonly workspace: string;
  /** @default "sessions" */
  readonly metric?: MetricName;
  /** The custom event or product; the id of a campaign or Canvas, which has a name beside it. */
  readonly item?: string;
  readonly itemName?: string;
  /** What a ratio is divided by. It stays while its metric does. */
  readonly per?: Counted;
  /** An app's id, `ALL_APPS`, or `NEW_APP` where its id is typed. */
  readonly app: string;
  readonly appId?: string;
  readonly appName?: string;
  readonly segment?: ChosenSegment;
  readonly unit: Unit;
  readonly channel?: string;
  readonly direction: Direction | "both";
  readonly sensitivity: "low" | "normal" | "high" | "custom";
  readonly falseAlarms?: string;
  /** In percent. */
  readonly minChange?: string;
  /** Empty: from the size of the series. */
  readonly minCount?: string;
  readonly criticalFrom?: string;
  /** `22:00`. */
  readonly quietFrom?: string;
  readonly quietTo?: string;
  /** Weekdays, `0` for Monday. */
  readonly quietDays: readonly string[];
  readonly quietCritical: boolean;
  readonly owner?: string;
  readonly ownerGroup?: string;
  readonly runbook?: string;
  readonly zone?: string;
  readonly country?: string;
  /** Whether Slack was seen to send unedited fields as empty. */
  readonly isForgetful?: boolean;
}

/** A segment as chosen from the list, which shows names and marks untracked segments. */
export interface ChosenSegment {
  readonly id: string;
  readonly name: string;
  readonly isTracked: boolean;
}

export const ALL_APPS = "*all";
export const NEW_APP = "*new";

/** The prefix of an untracked segment's id. No id from Braze begins like this. */
export const UNTRACKED = "untracked ";

/** The option value of a segment. */
export const segmentValue = ({ id, isTracked }: Pick<ChosenSegment, "id" | "isTracked">): string =>
  isTracked ? id : `${UNTRACKED}${id}`;

/** The form of a new watch. */
export const emptyForm = (workspace: string, channel?: string): WatchForm => ({
  workspace,
  app: ALL_APPS,
  unit: "hour",
  ...(channel && { channel }),
  direction: defaultRules.direction,
  sensitivity: "normal",
  minChange: String(defaultRules.minRelativeChange * 100),
  quietDays: [],
  quietCritical: false,
});

/** The form of an existing watch. */
export function formOf(watch: Watch, apps: readonly App[]): WatchForm {
  const { series, sensitivity, quiet, owner, runbook } = watch;
  const known = apps.find(({ workspace, app }) => workspace === series.workspace && app === series.app);
  return {
    workspace: series.workspace,
    ...(series.metric && { metric: series.metric }),
    ...(series.item !== undefined && { item: series.item }),
    ...(watch.itemName !== undefined && { itemName: watch.itemName }),
    ...(series.per && { per: series.per }),
    app: series.app === undefined ? ALL_APPS : known ? series.app : NEW_APP,
    ...(series.app && !known && { appId: series.app, appName: watch.appName }),
    ...(series.segment && {
      segment: { id: series.segment, name: watch.segmentName ?? series.segment, isTracked: true },
    }),
    unit: series.unit,
    channel: watch.channel,
    direction: watch.direction,
    sensitivity: typeof sensitivity === "string" ? sensitivity : "custom",
    ...(typeof sensitivity === "object" && { falseAlarms: String(sensitivity.alertsPerMonth) }),
    minChange: String(Math.round(watch.minRelativeChange * 1_000) / 10),
    ...(watch.minAbsoluteChange !== undefined && { minCount: String(watch.minAbsoluteChange) }),
    ...(watch.minCriticalChange !== undefined && { criticalFrom: String(watch.minCriticalChange) }),
    ...(quiet && { quietFrom: clockOf(quiet.from), quietTo: clockOf(quiet.to) }),
    quietDays: (quiet?.days ?? []).map(String),
    quietCritical: quiet?.critical ?? false,
    ...(owner && (owner.startsWith("S") ? { ownerGroup: owner } : { owner })),
    ...(runbook && { runbook }),
    ...(known?.zone && { zone: known.zone }),
    ...(known?.country && { country: known.country }),
  };
}

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
