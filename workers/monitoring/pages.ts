import { failuresOf, inOneLine } from "../../src/health/checks.ts";
import type { Facts } from "../../src/health/facts.ts";
import { redact } from "../../src/redact.ts";
import { setGauges } from "./gauges.ts";
import type { Page, Pages } from "./http.ts";
import type { SlackSight } from "./metered.ts";
import type { Metrics } from "./metrics.ts";
import { type Readiness, readiness } from "./readiness.ts";
import type { Running } from "./running.ts";
import { readVitals } from "./vitals.ts";

/** Where the pages get their data. */
export interface Looked {
  /** What runs; undefined during the start. */
  running(): Running | undefined;
  /** Why Redis accepts no writes, if it is known to refuse them. */
  refusal(): Facts["refusal"];
  readonly metrics: Metrics;
  readonly slack: SlackSight;
}

/** The pages: `/healthz` (alive), `/readyz` (ready), `/metrics` (for Prometheus). */
export function servePages({ running, refusal, metrics, slack }: Looked): Pages {
  const vitals = readVitals(running);
  const starting = (): Readiness => {
    const refused = refusal();
    const problems = refused ? failuresOf("redis.writes", { refusal: refused }).map(inOneLine) : [];
    const what = ["The bot is starting: it waits for Redis.", ...problems].join(" ");
    return { ready: false, checks: [{ name: "start", ok: false, what }], issues: [] };
  };
  return {
    // Nothing outside the process is checked, because a restart repairs neither Redis nor Braze nor Slack.
    async "/healthz"() {
      const stopped = running()?.workers.stopped() ?? [];
      const alive = stopped.length === 0;
      return json(alive ? 200 : 503, { alive, works: running()?.kinds ?? [], stopped });
    },
    async "/readyz"() {
      const seen = running()
        ? readiness({ vitals: await vitals(), refusal: refusal(), slack, wallClock: Date.now() })
        : starting();
      return json(seen.ready ? 200 : 503, seen);
    },
    async "/metrics"() {
      setGauges(metrics, await vitals(), refusal());
      return { status: 200, type: metrics.registry.contentType, body: await metrics.registry.metrics() };
    },
  };
}

const json = (status: number, value: unknown): Page => ({
  status,
  type: "application/json; charset=utf-8",
  body: `${redact(JSON.stringify(value, null, 2))}\n`,
});
