import type { Direction } from "../../../detector/verdict/verdict.ts";
import { denominatorChosen } from "../../../metrics/denominators.ts";
import type { Item } from "../../../metrics/metric.ts";
import {
  brazeMetricOf,
  type Counted,
  isMetric,
  type MetricName,
  metricNameOf,
  metricOf,
} from "../../../metrics/metrics.ts";
import type { App } from "../../../series/app.ts";
import { defaultRules, type Watch } from "../../../settings/watch.ts";
import type { Unit } from "../../../time/time.ts";
import {
  areForgotten,
  carriedIn,
  choiceOf,
  type FormValue,
  type FormValues,
  textOf,
  ticksOf,
} from "./form.ts";

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
const UNTRACKED = "untracked ";

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

/** What else the reading of a form needs. */
export interface FormReading {
  /** The apps with a name. */
  readonly apps?: readonly App[];
  /** The field that was just edited. Its value counts even when it is empty. */
  readonly used?: string;
}

/** No number of a watch needs more characters. */
const LONGEST_NUMBER = 50;

/** Fields that always have a value: nobody can clear them. */
const NEVER_EMPTY = ["unit", "direction", "sensitivity"];

/** Whether Slack was seen to send unedited fields as empty. */
export const isForgetful = (values: FormValues, before: WatchForm): boolean =>
  before.isForgetful === true || areForgotten(values, NEVER_EMPTY);

/** Reads the current form. Missing values stay as they were, except those that belong to another choice. */
export function readWatchForm(
  values: FormValues,
  before: WatchForm,
  { apps = [], used }: FormReading = {},
): WatchForm {
  const forgets = isForgetful(values, before);
  function read<Value>(field: string, take: (value: FormValue) => Value, was: Value, of?: string): Value {
    const reading = { isForgetful: forgets && field !== used, ...(of && { of }) };
    const carried = carriedIn(values, field, reading);
    return carried ? take(carried) : was;
  }
  const text = (field: string, was: string | undefined) => read(field, textOf, was);
  const number = (field: string, was: string | undefined) =>
    read(field, (value) => textOf(value)?.slice(0, LONGEST_NUMBER), was);

  function denominator(): Counted | undefined {
    const was = isOtherMetric ? undefined : before.per;
    const chosen = denominatorChosen(metric, read("per", choiceOf, was && metricNameOf(was), metric));
    const of = chosen && brazeMetricOf(chosen).item;
    if (!chosen || !of) return chosen;
    const isSame = !isElsewhere && was && metricNameOf(was) === metricNameOf(chosen);
    const name = itemRead("perItem", of, isSame ? was.item : undefined);
    return { ...chosen, ...(name !== undefined && { item: name }) };
  }

  const workspace = read("workspace", choiceOf, undefined) ?? before.workspace;
  const isElsewhere = workspace !== before.workspace;
  const metric = metricOfChoice(read("metric", choiceOf, undefined)) ?? metricNameOf(before);
  const isOtherMetric = metric !== metricNameOf(before);
  const { item } = brazeMetricOf({ metric });
  const isOtherItem = isElsewhere || brazeMetricOf(before).item?.parameter !== item?.parameter;
  const itemRead = (field: "item" | "perItem", { parameter }: Item, was: string | undefined) =>
    read(field, choiceOf, was, `${workspace}.${parameter}`);
  const per = denominator();
  const { hasApp, segment, units, ...usual } = metricOf({ metric, ...(per && { per }) });
  const appBefore = isElsewhere || !hasApp ? ALL_APPS : before.app;
  const app = (hasApp && read("app", choiceOf, undefined, workspace)) || appBefore;
  const isOther = isElsewhere || app !== before.app;
  const known = apps.find((one) => one.workspace === workspace && one.app === app);
  const ofApp: Pick<WatchForm, "zone" | "country"> = isOther ? (known ?? {}) : before;
  const own = `${workspace}.${app}`;
  const typed = {
    appId: text("appId", before.appId),
    appName: text("appName", before.appName),
    per,
    ...(item && {
      item: itemRead("item", item, isOtherItem ? undefined : before.item),
      ...(item.isId && {
        itemName: read(
          "item",
          shownOf,
          isOtherItem ? undefined : before.itemName,
          `${workspace}.${item.parameter}`,
        ),
      }),
    }),
    ...(segment !== "none" && {
      segment: read("segment", segmentOf, isElsewhere ? undefined : before.segment, workspace),
    }),
    channel: read("channel", (value) => value.selected_conversation ?? undefined, before.channel),
    falseAlarms: number("falseAlarms", before.falseAlarms),
    minChange: isOtherMetric
      ? String(100 * (usual.minRelativeChange ?? defaultRules.minRelativeChange))
      : number("minChange", before.minChange),
    minCount: number("minCount", before.minCount),
    criticalFrom: number("criticalFrom", before.criticalFrom),
    quietFrom: read("quietFrom", (value) => value.selected_time ?? undefined, before.quietFrom),
    quietTo: read("quietTo", (value) => value.selected_time ?? undefined, before.quietTo),
    owner: read("owner", (value) => value.selected_user ?? undefined, before.owner),
    ownerGroup: text("ownerGroup", before.ownerGroup),
    runbook: text("runbook", before.runbook),
    zone: read("zone", choiceOf, ofApp.zone, own),
    country: read("country", textOf, ofApp.country, own),
  };
  return {
    workspace,
    ...(metric !== "sessions" && { metric }),
    app,
    unit: isOtherMetric
      ? units[0]
      : oneOf(
          read("unit", choiceOf, undefined),
          units,
          units.find((unit) => unit === before.unit) ?? units[0],
        ),
    direction: isOtherMetric
      ? usual.direction
      : oneOf(read("direction", choiceOf, undefined), ["both", "drop", "spike"], before.direction),
    sensitivity: oneOf(
      read("sensitivity", choiceOf, undefined),
      ["low", "normal", "high", "custom"],
      before.sensitivity,
    ),
    quietDays: read("quietDays", ticksOf, [...before.quietDays]),
    quietCritical: read("quietCritical", (value) => ticksOf(value).length > 0, before.quietCritical),
    ...(forgets && { isForgetful: true }),
    ...(Object.fromEntries(
      Object.entries(typed).filter(([, value]) => value !== undefined),
    ) as Partial<WatchForm>),
  };
}

const metricOfChoice = (name: string | undefined): MetricName | undefined =>
  name !== undefined && isMetric(name) ? name : undefined;

/** The name that a chosen option shows. */
const shownOf = ({ selected_option: chosen }: FormValue): string | undefined => chosen?.text?.text;

function segmentOf({ selected_option: chosen }: FormValue): ChosenSegment | undefined {
  const { value, text } = chosen ?? {};
  if (!value) return undefined;
  const isTracked = !value.startsWith(UNTRACKED);
  return { id: isTracked ? value : value.slice(UNTRACKED.length), name: text?.text ?? value, isTracked };
}

const oneOf = <Word extends string>(
  word: string | undefined,
  words: readonly Word[],
  otherwise: Word,
): Word => words.find((known) => known === word) ?? otherwise;

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
