import type { JobsOptions } from "bullmq";
import { HOUR } from "../src/time/time.ts";

/** How many jobs of each kind are kept for inspection, and how often a failed one is retried. */
export const jobOptions: JobsOptions = {
  attempts: 8,
  backoff: { type: "tidewatch" },
  removeOnComplete: { count: 100 },
  removeOnFail: { count: 1_000, age: 7 * 24 * 3_600 },
};

/** The next tick brings the next attempt. */
export const ONCE: JobsOptions = { attempts: 1 };

/** A series is requested twice; the next tick requests whatever is still due. */
const COLLECT: JobsOptions = { attempts: 2 };

/**
 * How many jobs are added in one call. What is sent to Redis is in memory at once, and all other commands wait for it.
 */
const PORTION = 250;

export const inPortions = (ids: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / PORTION) }, (_, i) =>
    ids.slice(i * PORTION, (i + 1) * PORTION),
  );

/** One job per id at a time: while it waits, runs or is retried, no other is added. For work that each tick finds again. */
export const only = <Data>(name: string, data: Data, id: string) => ({
  name,
  data,
  opts: { deduplication: { id } },
});

/**
 * The same, but a job that is added while another runs is done after it, because the running one may have read old
 * data.
 */
export const onlyAfter = <Data>(name: string, data: Data, id: string, delay = 0) => ({
  name,
  data,
  opts: { deduplication: { id, keepLastIfActive: true }, delay },
});

/** Long enough to collect all changes of one click, too short to be noticed. */
const ONE_CLICK = 200;

/** The same, now: a waiting job is moved forward. */
export const sooner = <Data>(name: string, data: Data, id: string) => ({
  name,
  data,
  opts: { deduplication: { id, keepLastIfActive: true, reschedule: true }, delay: ONE_CLICK },
});

/** No other is added for an hour, whatever happened to this one. */
export const hourly = <Data>(name: string, data: Data, id: string) => ({
  name,
  data,
  opts: { deduplication: { id: `${id} hourly`, ttl: HOUR } },
});

/** A job that collects a series, or probes whether its workspace can be read again. */
export const collecting = (seriesId: string) => withOptions(only("collect", { seriesId }, seriesId), COLLECT);
export const probing = (seriesId: string) =>
  withOptions(only("collect", { seriesId, isProbe: true as const }, seriesId), ONCE);

const withOptions = <Data>({ opts, ...job }: ReturnType<typeof only<Data>>, more: JobsOptions) => ({
  ...job,
  opts: { ...opts, ...more },
});
