import { PermanentError } from "../../errors.ts";
import { brazeMetricOf, metricTitle } from "../../metrics/metrics.ts";
import type { Point } from "../../series/series.ts";
import { MINUTE } from "../../time/time.ts";
import type { ItemList, SeriesSource } from "../ports/braze.ts";

/** How old a list may be to say that something is there no longer. */
const LIST_AGE = 15 * MINUTE;

/**
 * A source that refuses what Braze lists no longer: an archived campaign, or a deleted event, ends in zeros or in no rows
 * at all, which is no drop. Only a series that fell is looked up.
 */
export function refusingRetired(source: SeriesSource, items: ItemList): SeriesSource {
  return {
    async points(series, from, to, emptyAmong) {
      const points = await source.points(series, from, to, emptyAmong);
      const { item } = brazeMetricOf(series);
      if (!item || series.item === undefined || !hasFallen(points)) return points;
      // A key that may not list them: what Braze tells is all there is.
      const listed = await items(series.workspace, item, LIST_AGE).catch(() => undefined);
      if (!listed || listed.some(({ id }) => id === series.item)) return points;
      throw new PermanentError(
        `Braze no longer lists the ${item.noun} of ${metricTitle(series)}, and counts nothing for it`,
        {
          failure: "braze-unknown-id",
          advice: `If the ${item.noun} was archived or deleted in Braze, remove the watch; otherwise check that the spelling in the watch is still that in Braze.`,
        },
      );
    },
  };
}

/** Whether the newest bucket has at most half of the highest, as the hour in which something was deleted. */
const hasFallen = (points: readonly Point[]): boolean =>
  (points.at(-1)?.value ?? 0) <= Math.max(0, ...points.map(({ value }) => value)) / 2;
