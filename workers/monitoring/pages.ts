import type { Refusal } from "../../src/adapters/redis/connection/refusal.ts";
import { redact } from "../../src/redact.ts";
import type { Page, Pages } from "../http.ts";
import { setGauges } from "./gauges.ts";
import type { SlackSight } from "./metered.ts";
import type { Metrics } from "./metrics.ts";
import { readyChecks, worded } from "./readiness.ts";
import type { Running } from "./running.ts";
import { readVitals } from "./vitals.ts";

/** Where the pages get their data. */
export interface Looked {
  /** What runs; undefined during the start. */
  running(): Running | undefined;
  /** Why Redis accepts no writes, if it is known to refuse them. */
  refusal(): Refusal | undefined;
  readonly metrics: Metrics;
  readonly slack: SlackSight;
}

/** The pages: `/healthz` (alive), `/readyz` (ready), `/metrics` (for Prometheus). */
export function servePages({ running, refusal, metrics, slack }: Looked): Pages {
  const vitals = readVitals(running);
  const starting = () => ({
    name: "start",
    ok: false,
    what: `the bot is starting: it waits for Redis${refusal() ? `. ${worded(refusal()!)}` : ""}`,
  });
  return {
    // Nothing outside the process is checked, because a restart repairs neither Redis nor Braze nor Slack.
    async "/healthz"() {
      const stopped = running()?.workers.stopped() ?? [];
      const alive = stopped.length === 0;
      return json(alive ? 200 : 503, { alive, works: running()?.kinds ?? [], stopped });
    },
    async "/readyz"() {
      const { bot } = running() ?? {};
      const checks = bot
        ? readyChecks({
            vitals: await vitals(),
            refusal: refusal(),
            slack,
            wallClock: Date.now(),
            missingDataTimeout: bot.timing.missingDataTimeout,
          })
        : [starting()];
      const ready = checks.every(({ ok }) => ok);
      return json(ready ? 200 : 503, { ready, checks });
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
