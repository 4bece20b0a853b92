import type { SeriesRef } from "../../series/series.ts";
import { brazeClient } from "./client.ts";
import { type BrazeOptions, brazeConnection } from "./connection.ts";
import { newestWindow } from "./window.ts";

/** Asks Braze for the newest bucket of a series: throws as `brazeSeries` does, above all for an unknown id. */
export function brazeProbe(
  options: BrazeOptions,
  get = brazeConnection(options),
): (series: SeriesRef) => Promise<void> {
  const { clock = Date.now } = options;
  const ask = brazeClient(options, get);
  return async (series) => {
    await ask(series, newestWindow(clock()));
  };
}
