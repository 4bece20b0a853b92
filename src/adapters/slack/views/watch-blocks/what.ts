import type { AnyBlock, PlainTextOption, StaticSelect } from "@slack/types";
import type { Metric } from "../../../../metrics/metric.ts";
import {
  brazeMetricOf,
  type MetricName,
  metricNameOf,
  metricNames,
  metricOf,
  metrics,
} from "../../../../metrics/metrics.ts";
import type { App } from "../../../../series/app.ts";
import { LONGEST_NAME } from "../../../../settings/limits.ts";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { groupedSelect, option, plain, select } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import { ALL_APPS, NEW_APP, segmentValue, type WatchForm } from "../watch-form.ts";
import { text, watchAction } from "./fields.ts";
import { itemBlock } from "./item.ts";
import { ratioBlocks } from "./ratio.ts";

/** The remaining options out of 100 beside "all" and "another". */
const MOST_APPS = 98;

const UNITS = Object.entries(words.unit.options).map(([value, name]) => option(name, value));

type Group = keyof typeof words.metric.groups;

const groupOf = (name: MetricName): Group => {
  const { item } = brazeMetricOf({ metric: name });
  if (item?.parameter === "campaign" || item?.parameter === "canvas") return item.parameter;
  return item ? "items" : "users";
};

const METRICS = Object.entries(words.metric.groups).map(
  ([group, label]) =>
    [
      label,
      metricNames
        .filter((name) => groupOf(name) === group)
        .map((name) => option(words.metric.of(metrics[name]), name)),
    ] as const,
);

/** The watched series: workspace, metric, event or product, what it is divided by, app, segment, unit. */
export function whatBlocks(form: WatchForm, workspaces: readonly string[], apps: readonly App[]): AnyBlock[] {
  const { workspace, unit } = form;
  const metric = metricOf(form);
  const { item } = brazeMetricOf(form);
  const known = apps.filter((one) => one.workspace === workspace).slice(0, MOST_APPS);
  const choice = (field: string, options: readonly PlainTextOption[], chosen: string) =>
    select(watchAction(field), words.choose, options, chosen);
  return [
    ...(workspaces.length > 1
      ? [
          input(
            "workspace",
            words.workspace.label,
            choice(
              "workspace",
              workspaces.slice(0, 100).map((name) => option(name, name)),
              workspace,
            ),
            { dispatch: true },
          ),
        ]
      : []),
    input(
      "metric",
      words.metric.label,
      groupedSelect(watchAction("metric"), words.choose, METRICS, metricNameOf(form)),
      { dispatch: true },
    ),
    ...(item
      ? [
          itemBlock("item", item, {
            workspace,
            ...(form.item !== undefined && { chosen: form.item }),
            ...(form.itemName !== undefined && { called: form.itemName }),
          }),
        ]
      : []),
    ...ratioBlocks(form),
    ...(metric.hasApp ? appBlocks(form, known, choice) : []),
    ...(metric.segment === "none" ? [] : [segmentBlock(form, metric)]),
    ...(metric.units.length > 1
      ? [input("unit", words.unit.label, choice("unit", UNITS, unit), { dispatch: true })]
      : []),
  ];
}

type Choice = (field: string, options: readonly PlainTextOption[], chosen: string) => StaticSelect;

const appBlocks = (
  { workspace, app, appId, appName }: WatchForm,
  known: readonly App[],
  choice: Choice,
): AnyBlock[] => [
  input(
    "app",
    words.app.label,
    choice(
      "app",
      [
        option(words.app.all, ALL_APPS),
        ...known.map(({ name, app: id }) => option(name, id)),
        option(words.app.another, NEW_APP),
      ],
      app,
    ),
    { dispatch: true, of: workspace },
  ),
  ...(app === NEW_APP
    ? [
        input("appId", words.appId.label, text("appId", appId, 64), {
          hint: words.appId.hint,
          dispatch: true,
        }),
        input("appName", words.appName.label, text("appName", appName, LONGEST_NAME)),
      ]
    : []),
];

const segmentBlock = ({ workspace, segment }: WatchForm, { segment: use }: Metric): AnyBlock =>
  input(
    "segment",
    words.segment.label,
    {
      type: "external_select",
      action_id: watchAction("segment"),
      placeholder: plain(use === "required" ? words.choose : words.segment.placeholder, 150),
      min_query_length: 0,
      ...(segment && { initial_option: option(segment.name, segmentValue(segment)) }),
    },
    use === "required"
      ? { dispatch: true, of: workspace }
      : { hint: words.segment.hint, optional: true, dispatch: true, of: workspace },
  );
