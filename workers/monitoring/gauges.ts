import type { Refusal } from "../../src/adapters/redis/connection/refusal.ts";
import { SECOND } from "../../src/time/time.ts";
import type { Metrics } from "./metrics.ts";
import type { NoVitals, Vitals } from "./vitals.ts";

/** Sets the gauges, and BullMQ's counters, from Redis. Unknown values are omitted, so that no old value is shown. */
export function setGauges(metrics: Metrics, vitals: Vitals | NoVitals, refusal?: Refusal): void {
  const {
    redisUp,
    redisWritable,
    lastTick,
    series,
    lag,
    evaluatedThrough,
    failures,
    jobs,
    jobsCompleted,
    jobsFailed,
  } = metrics;
  for (const gauge of [lastTick, lag, evaluatedThrough]) gauge.remove();
  for (const gauge of [series, failures, jobs, jobsCompleted, jobsFailed]) gauge.reset();
  redisWritable.set(refusal || ("whyUnknown" in vitals && !vitals.isUp) ? 0 : 1);
  redisUp.set("whyUnknown" in vitals && !vitals.isUp ? 0 : 1);
  if ("whyUnknown" in vitals) return;

  const { standing, depths, outcomes } = vitals;
  if (vitals.lastTick !== undefined) lastTick.set(vitals.lastTick / SECOND);
  lag.set(standing.lag / SECOND);
  if (standing.evaluatedThrough !== undefined) evaluatedThrough.set(standing.evaluatedThrough / SECOND);
  series.set({ state: "unread" }, standing.unread);
  series.set({ state: "behind" }, standing.behind);
  series.set({ state: "all" }, standing.series);
  for (const { failure } of vitals.failures.values()) failures.inc({ failure });
  for (const [queue, counts] of Object.entries(depths))
    for (const [state, count] of Object.entries(counts)) jobs.set({ queue, state }, count);
  for (const [queue, { completed, failed }] of Object.entries(outcomes)) {
    jobsCompleted.inc({ queue }, completed);
    jobsFailed.inc({ queue }, failed);
  }
}
