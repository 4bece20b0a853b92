import { Redis } from "ioredis";
import { inject } from "vitest";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { metered } from "../../workers/monitoring/metered.ts";
import { createMetrics } from "../../workers/monitoring/metrics.ts";
import { freshClusterStores, freshStores } from "../support/stores.ts";
import { until } from "../support/until.ts";

// Once for all files that share this module.
const cluster = new Redis(inject("clusterUrl"));
await until(async () => /state:ok/.test(String(await cluster.cluster("INFO"))), "the cluster");
cluster.disconnect();

/** The kinds of stores, empty each time. */
export const kinds: [string, () => Stores][] = [
  ["Redis", freshStores],
  ["a Redis cluster", freshClusterStores],
];

const messenger = {} as Parameters<typeof metered>[0]["messenger"];

/** The same, and those whose writes are counted on the way. */
export const countedKinds: [string, () => Stores][] = [
  ...kinds,
  ["Redis, counted", () => metered({ ...freshStores(), messenger }, createMetrics(), {})],
];
