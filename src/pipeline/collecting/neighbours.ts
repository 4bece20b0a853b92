import { partIdsOf, withParts } from "../../series/ratio.ts";
import { seriesRef } from "../../series/series.ts";
import { type Instant, MINUTE } from "../../time/time.ts";
import type { Neighbours } from "../ports/braze.ts";
import type { Clock } from "../ports/clock.ts";
import type { WatchStore } from "../ports/settings.ts";

/** Thousands of series may ask in one minute, while watches change a few times a day. */
const FRESH = 5 * MINUTE;

/** Lists the hour series that are read from Braze as they were at most five minutes ago. */
export function neighboursOf(watches: Pick<WatchStore, "seriesIds">, clock: Clock): Neighbours {
  let known: ReadonlyMap<string, readonly string[]> = new Map();
  let readAt: Instant = Number.NEGATIVE_INFINITY;
  return async (workspace) => {
    if (clock() - readAt > FRESH) {
      readAt = clock();
      const hourly = withParts(await watches.seriesIds()).filter(
        (id) => seriesRef(id).unit === "hour" && partIdsOf(id).length === 0,
      );
      known = Map.groupBy(hourly, (id) => seriesRef(id).workspace);
    }
    return known.get(workspace) ?? [];
  };
}
