import { backlogOf } from "../../src/health/backlog.ts";
import { checkFailuresOf } from "../../src/health/checks.ts";
import type { Facts } from "../../src/health/facts.ts";
import { SECOND } from "../../src/time/time.ts";
import type { Metrics } from "./metrics.ts";
import type { NoVitals, Vitals } from "./vitals.ts";

/** Sets the gauges, and BullMQ's counters, from Redis. Unknown values are omitted, so that no old value is shown. */
export function setGauges(metrics: Metrics, vitals: Vitals | NoVitals, refusal?: Facts["refusal"]): void {
  const {
    redisUp,
    redisWritable,
    lastTick,
    series,
    lag,
    evaluatedThrough,
    failures,
    healthIssues,
    jobs,
    jobsCompleted,
    jobsFailed,
  } = metrics;
  for (const gauge of [lastTick, lag, evaluatedThrough]) gauge.remove();
  for (const gauge of [series, failures, healthIssues, jobs, jobsCompleted, jobsFailed]) gauge.reset();
  const isUp = "facts" in vitals || vitals.refusal === undefined;
  redisWritable.set(refusal || !isUp ? 0 : 1);
  redisUp.set(isUp ? 1 : 0);
  if (!("facts" in vitals)) return;

  const { facts, depths, outcomes } = vitals;
  const backlog = backlogOf(facts);
  if (vitals.lastTick !== undefined) lastTick.set(vitals.lastTick / SECOND);
  lag.set(backlog.lag / SECOND);
  if (backlog.evaluatedThrough !== undefined) evaluatedThrough.set(backlog.evaluatedThrough / SECOND);
  series.set({ state: "unread" }, backlog.unread);
  series.set({ state: "behind" }, backlog.behind);
  series.set({ state: "all" }, backlog.series);
  for (const { failure } of facts.failures.values()) failures.inc({ failure });
  for (const { kind } of checkFailuresOf(facts)) healthIssues.inc({ kind });
  for (const [queue, counts] of Object.entries(depths))
    for (const [state, count] of Object.entries(counts)) jobs.set({ queue, state }, count);
  for (const [queue, { completed, failed }] of Object.entries(outcomes)) {
    jobsCompleted.inc({ queue }, completed);
    jobsFailed.inc({ queue }, failed);
  }
}
