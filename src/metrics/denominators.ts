import {
  brazeMetricOf,
  type Counted,
  isMetric,
  type MetricName,
  metricNames,
  metricOf,
  metrics,
} from "./metrics.ts";

/**
 * The metrics by which one can be divided: known in the same unit, and not itself, unless another event or product.
 * A campaign or Canvas goes by an id, so it is divided by in a command alone.
 */
export const denominatorsOf = (metric: MetricName): readonly MetricName[] =>
  metricNames.filter(
    (name) =>
      brazeMetricOf({ metric: name }).item?.isId !== true &&
      metricOf({ metric, per: { metric: name } }).units.length > 0 &&
      (name !== metric || (metrics[name].kind === "count" && "item" in metrics[name])),
  );

/** The denominator of a choice; undefined for none, and for one that does not fit the metric. */
export function denominatorChosen(metric: MetricName, chosen: string | undefined): Counted | undefined {
  if (chosen === undefined || !isMetric(chosen) || !denominatorsOf(metric).includes(chosen)) return undefined;
  return chosen === "sessions" ? {} : { metric: chosen };
}
