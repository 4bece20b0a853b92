import { brazeItems } from "../../adapters/braze/items.ts";
import { brazeSegments } from "../../adapters/braze/segments.ts";
import type { WorkspaceConfig } from "../../config/workspaces.ts";
import type { Item } from "../../metrics/metric.ts";
import { brazeMetricOf, type MetricName, metricOf } from "../../metrics/metrics.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import type { SeriesRef } from "../../series/series.ts";

/** A series of a metric that can be read as a sample, without its unit, and how it is called after the metric. */
export interface Example {
  readonly of: Pick<SeriesRef, "segment" | "item">;
  readonly called: string;
}

/** Finds a series of a metric; undefined where Braze lists nothing that it could be counted for. */
export type Examples = (metric: MetricName) => Promise<Example | undefined>;

/** The first event, product, campaign, Canvas or tracked segment that Braze lists, where a metric needs one. */
export function examplesOf(workspace: WorkspaceConfig, clock: Clock): Examples {
  const options = { ...workspace, clock };
  // Of a list that may have a hundred pages, the first page is enough.
  const items = brazeItems(options, undefined, 1);
  const firstItem = async (item: Item): Promise<Example | undefined> => {
    const [first] = await items(item);
    return first && { of: { item: first.id }, called: `, as of ${first.name}` };
  };
  const firstSegment = async (): Promise<Example | undefined> => {
    const first = (await brazeSegments(options)()).find(({ isTracked }) => isTracked);
    return first && { of: { segment: first.id }, called: `, as of ${first.name}` };
  };
  return async (metric) => {
    const { item } = brazeMetricOf({ metric });
    if (item?.isRequired) return firstItem(item);
    return metricOf({ metric }).segment === "required" ? firstSegment() : { of: {}, called: "" };
  };
}
