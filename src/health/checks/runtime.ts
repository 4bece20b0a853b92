import { text } from "../../text/text.ts";
import { MINUTE } from "../../time/time.ts";
import { CLEAR, type Failing, type HealthCheck } from "../check.ts";
import type { Facts, RedisProblem } from "../facts.ts";

/** Whether Tidewatch has what it runs on: Redis and its schedule. */
export const runtimeChecks = {
  redis: {
    failing: ({ memory: { used, limit }, openIssues, now }: Pick<Facts, "memory" | "openIssues" | "now">) => {
      const share = limit > 0 ? used / limit : 0;
      if (share < (openIssues.has("redis") ? ROOMY : FULL)) return [];
      return [
        {
          what: ["Redis"],
          // In steps, so that the message is not edited every minute.
          detail: `it uses ${share >= 0.95 ? "more than 95" : share >= 0.9 ? "more than 90" : "about 80"}% of the memory it may use`,
          advice: RAISE_MAXMEMORY,
          since: now,
        },
      ];
    },
    title: () => text`Redis is running out of memory`,
    consequence: "Everything works until the memory is used up",
    passing: "Redis has memory left",
    grace: CLEAR,
  },
  "redis.writes": {
    failing: ({ refusal }: Pick<Facts, "refusal">) => ofRedis(refusal),
    title: () => text`Redis does not accept writes`,
    consequence:
      "Nothing is read, evaluated or posted until this is fixed; Tidewatch then catches up on every missed hour",
    passing: "Redis answers and accepts writes",
    // A restart or a failover is shorter.
    grace: 2 * MINUTE,
    isVital: true,
  },
  "redis.data": {
    failing: ({ damage }: Pick<Facts, "damage">) => ofRedis(damage),
    title: () => text`Data in Redis is damaged`,
    consequence: "What needs this data does not work; everything else works as usual",
    passing: "the data in Redis can be read",
    grace: CLEAR,
    isVital: true,
  },
  schedule: {
    failing: ({ stalled = [] }: Pick<Facts, "stalled">) =>
      stalled.map(({ job, since, restored = 0 }) => ({
        of: job,
        what: [jobs[job]],
        detail: `the next job was lost in Redis, or no worker does it${restoredWords(restored)}`,
        advice:
          "Nothing to do if it is over in some minutes. If it stays, check that a worker runs (WORKERS), look for tick.failed and health.failed in the log, and whether somebody paused the queue.",
        since,
      })),
    title: (jobs) => text`Tidewatch stopped: ${jobs} did not run`,
    consequence: "Tidewatch catches up on every missed hour as soon as it runs",
    passing: "the ticks run every minute",
    grace: 0,
    isVital: true,
  },
} as const satisfies Record<string, HealthCheck>;

const ofRedis = (problem: RedisProblem | undefined): Failing[] =>
  problem ? [{ what: ["Redis"], detail: problem.what, advice: problem.advice, since: problem.since }] : [];

/** From which share of Redis' memory limit an issue opens, and below which it resolves. */
export const FULL = 0.8;
const ROOMY = 0.75;

export const RAISE_MAXMEMORY =
  "Raise maxmemory before it is used up: at its limit Redis refuses writes, and no hour is evaluated.";

const jobs = { tick: "the ticks", health: "the health checks" } as const;

function restoredWords(times: number): string {
  if (times === 0) return "";
  return `. Tidewatch has restored it${times === 1 ? "" : `, ${times} times`}`;
}
