import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** All metrics. `tidewatch_` counters belong to this process; values from Redis are shared by all. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Opens a separate registry, so that two bots in one process (as in tests) do not share counters. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `tidewatch_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) => {
    const made = new Gauge({ name: `tidewatch_${name}`, help, labelNames, registers });
    // Otherwise it would show 0 before a value is known, such as no quota left.
    if (labelNames.length === 0) made.remove();
    return made;
  };
  const bullmq = (name: string, help: string) =>
    new Counter({ name: `bullmq_${name}`, help, labelNames: ["queue"], registers });

  return {
    registry,
    ticks: counter("ticks_total", "Ticks done: one a minute, over all workers."),
    brazeRequests: counter("braze_requests_total", "Answers of Braze, by HTTP status.", ["status"]),
    brazeLimit: gauge("braze_quota_limit", "Requests an hour that a Braze workspace may make.", [
      "workspace",
    ]),
    brazeRemaining: gauge("braze_quota_remaining", "Requests that Braze said were left of this hour.", [
      "workspace",
    ]),
    verdicts: counter("verdicts_total", "Buckets judged, by verdict.", ["kind"]),
    opened: counter("incidents_opened_total", "Incidents that began, or began again.", [
      "direction",
      "severity",
    ]),
    resolved: counter("incidents_resolved_total", "Incidents that ended, or ended again.", ["direction"]),
    messages: counter("slack_messages_total", "Messages in Slack, posted or edited.", ["action"]),
    errors: counter("errors_total", "Failed attempts, by what went wrong.", ["queue", "failure"]),
    jobSeconds: new Histogram({
      name: "tidewatch_job_seconds",
      help: "How long jobs took.",
      labelNames: ["queue"],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60],
      registers,
    }),

    redisUp: gauge("redis_up", "Whether Redis answers."),
    redisWritable: gauge("redis_writable", "Whether Redis takes writes."),
    lastTick: gauge("last_tick_timestamp_seconds", "When a tick was last done."),
    series: gauge("series", "Series that some watch looks at, by how they stand.", ["state"]),
    lag: gauge("lag_seconds", "For how long the oldest hour that is due has been waiting to be judged."),
    evaluatedThrough: gauge(
      "evaluated_through_timestamp_seconds",
      "The end of the newest hour that every series is judged through; moves once a round.",
    ),
    failures: gauge("failures", "Workspaces and series that cannot be read now.", ["failure"]),
    jobs: gauge("jobs", "Jobs in the queues, by state.", ["queue", "state"]),
    // With the names that BullMQ gives them, so that existing dashboards work.
    jobsCompleted: bullmq("job_completed_total", "Jobs done."),
    jobsFailed: bullmq("job_failed_total", "Jobs given up after their last attempt."),
  };
}
