import { type SimulatorOptions, startBrazeSimulator } from "../../../simulator/braze/server.ts";
import type { BrazeOptions } from "../../../src/adapters/braze/connection.ts";
import { brazeSeries } from "../../../src/adapters/braze/series.ts";
import type { SeriesSource } from "../../../src/pipeline/ports/braze.ts";
import { HOUR, type Hour, type Instant } from "../../../src/time/time.ts";

export const KEY = "b0a4c1d2-secret-rest-key-77";

/** Different in every hour, and zero on the nights between two dates, so that no hour passes for another. */
export const distinctCounts = (hour: Hour): number => {
  const place = hour / HOUR;
  return place % 24 < 3 ? 0 : 100 + ((place * 7_919) % 900);
};

export const ios = { workspace: "main", app: "ios", unit: "hour" } as const;

/** A simulator on a clock of its own, and clients for it. */
export async function openWorld(now: Instant, options: Partial<SimulatorOptions> = {}) {
  let time = now;
  const clock = () => time;
  const simulator = await startBrazeSimulator({
    apps: [{ id: "ios", counts: distinctCounts }],
    segments: [{ id: "us", share: 0.5 }],
    apiKey: KEY,
    clock,
    ...options,
  });
  return {
    ...simulator,
    clock,
    setTime(instant: Instant) {
      time = instant;
    },
    client: (over: Partial<BrazeOptions> = {}): SeriesSource => brazeSeries(clientOptions(over)),
    clientOptions,
  };

  function clientOptions(over: Partial<BrazeOptions> = {}): BrazeOptions {
    return { name: "main", endpoint: simulator.url, apiKey: KEY, clock, ...over };
  }
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
