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
    ticks: counter("ticks_total", "Ticks completed: one a minute, over all workers."),
    brazeRequests: counter("braze_requests_total", "Responses from Braze, by HTTP status.", ["status"]),
    brazeLimit: gauge("braze_quota_limit", "Requests an hour that a Braze workspace may make.", [
      "workspace",
    ]),
    brazeRemaining: gauge("braze_quota_remaining", "API requests left this hour, as reported by Braze.", [
      "workspace",
    ]),
    verdicts: counter("verdicts_total", "Buckets evaluated, by verdict.", ["kind"]),
    opened: counter("incidents_opened_total", "Incidents opened or reopened.", ["direction", "severity"]),
    resolved: counter("incidents_resolved_total", "Incidents resolved.", ["direction"]),
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
    redisWritable: gauge("redis_writable", "Whether Redis accepts writes."),
    lastTick: gauge("last_tick_timestamp_seconds", "When the last tick completed."),
    series: gauge("series", "Watched series, by state.", ["state"]),
    lag: gauge("lag_seconds", "How long the oldest due hour has been waiting to be evaluated."),
    evaluatedThrough: gauge(
      "evaluated_through_timestamp_seconds",
      "The end of the newest hour up to which every series is evaluated; moves once an hour.",
    ),
    failures: gauge("failures", "Workspaces and series that cannot be read.", ["failure"]),
    healthIssues: gauge("health_issues", "Health checks that fail now, by kind.", ["kind"]),
    jobs: gauge("jobs", "Jobs in the queues, by state.", ["queue", "state"]),
    // With the names that BullMQ gives them, so that existing dashboards work.
    jobsCompleted: bullmq("job_completed_total", "Jobs completed."),
    jobsFailed: bullmq("job_failed_total", "Jobs that failed on their last attempt."),
  };
}
