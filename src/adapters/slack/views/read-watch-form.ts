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
import { defaultRules } from "../../../settings/watch.ts";
import {
  areForgotten,
  carriedIn,
  choiceOf,
  type FormValue,
  type FormValues,
  textOf,
  ticksOf,
} from "./form.ts";
import { ALL_APPS, type ChosenSegment, UNTRACKED, type WatchForm } from "./watch-form.ts";

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
    // Chosen from the list, or typed where there is none.
    ownerGroup: read("ownerGroup", (value) => choiceOf(value) ?? textOf(value), before.ownerGroup),
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
