import type { Bot } from "../../src/bot.ts";
import type { WorkerKind } from "../../src/config/kinds.ts";
import { redact } from "../../src/redact.ts";
import type { Page, Pages } from "../http.ts";
import type { Workers } from "../start.ts";
import { setGauges } from "./gauges.ts";
import type { SlackSight } from "./metered.ts";
import type { Metrics } from "./metrics.ts";
import { readyChecks } from "./readiness.ts";
import { readVitals, type Untold, type Vitals } from "./vitals.ts";

/** What is looked at. */
export interface Running {
  readonly bot: Bot;
  readonly workers: Workers;
  /** What this process works on. */
  readonly kinds: readonly WorkerKind[];
}

/** What there is to look at: `/healthz` (alive), `/readyz` (able), `/metrics` (for Prometheus). */
export function servePages(running: () => Running | undefined, metrics: Metrics, slack: SlackSight): Pages {
  const vitals = readVitals(running);
  return {
    // Nothing of the outside world is asked: a new start mends no Redis, no Braze and no Slack.
    async "/healthz"() {
      const stopped = running()?.workers.stopped() ?? [];
      const alive = stopped.length === 0;
      return json(alive ? 200 : 503, { alive, works: running()?.kinds ?? [], stopped });
    },
    async "/readyz"() {
      const checks = running() ? checksOf(running()!, await vitals(), slack) : [starting];
      const ready = checks.every(({ ok }) => ok);
      return json(ready ? 200 : 503, { ready, checks });
    },
    async "/metrics"() {
      setGauges(metrics, await vitals());
      return { status: 200, type: metrics.registry.contentType, body: await metrics.registry.metrics() };
    },
  };
}

const starting = { name: "start", ok: false, what: "the bot is starting: it waits for Redis" };

const checksOf = ({ bot }: Running, vitals: Vitals | Untold, slack: SlackSight) =>
  readyChecks({ vitals, slack, wallClock: Date.now(), patience: bot.timing.patience });

const json = (status: number, value: unknown): Page => ({
  status,
  type: "application/json; charset=utf-8",
  body: `${redact(JSON.stringify(value, null, 2))}\n`,
});
