import type { SeenAnswer } from "../../src/adapters/braze/connection.ts";
import { quotaOf } from "../../src/adapters/braze/quota.ts";
import type { Bot } from "../../src/bot.ts";
import type { WorkerKind } from "../../src/config/kinds.ts";
import { PermanentError, TransientError } from "../../src/errors.ts";
import type { WriteCheck } from "../checks/write-check.ts";
import type { RunningWorker, Runtime } from "../runner.ts";
import type { Workers } from "../start.ts";
import type { Pages } from "./http.ts";
import { metered, type SlackSight } from "./metered.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { servePages } from "./pages.ts";
import type { Running } from "./running.ts";

/** Observes the running bot and reports what it sees. */
export interface Monitor {
  readonly pages: Pages;
  readonly onAnswer: (workspace: string, answer: SeenAnswer) => void;
  readonly failed: NonNullable<Runtime["failed"]>;
  /** Sets the source of the reason why Redis accepts no writes. */
  checkWrites(refusal: WriteCheck["refusal"]): void;
  /** The same bot, with counters. */
  meter(bot: Bot): Bot;
  /** Observes these from now on. @param kinds the work of this process */
  watch(bot: Bot, workers: Workers, kinds: readonly WorkerKind[]): void;
}

/** Opens a monitor, which answers even before anything runs. */
export function createMonitor(): Monitor {
  const metrics = createMetrics();
  const slack: SlackSight = {};
  let running: Running | undefined;
  let refusal: WriteCheck["refusal"] | undefined;
  return {
    pages: servePages({ running: () => running, refusal: () => refusal?.(), metrics, slack }),
    checkWrites(check) {
      refusal = check;
    },
    onAnswer(workspace, { status, headers, pool }) {
      metrics.brazeRequests.inc({ status });
      const quota = quotaOf(headers);
      if (!quota || pool !== "default") return;
      metrics.brazeLimit.set({ workspace }, quota.limit);
      metrics.brazeRemaining.set({ workspace }, quota.remaining);
    },
    failed(queue, error) {
      const isKnown = error instanceof PermanentError || error instanceof TransientError;
      metrics.errors.inc({ queue, failure: isKnown ? error.failure : "unexpected" });
    },
    meter: (bot) => metered(bot, metrics, slack),
    watch(bot, workers, kinds) {
      observe(workers, metrics);
      running = { bot, workers, kinds };
    },
  };
}

function observe(
  { tick, collect, evaluate, notify, announce, health, calendar }: Workers,
  { jobSeconds, ticks }: Metrics,
): void {
  const all: RunningWorker[] = [tick, collect, evaluate, notify, announce, health, calendar];
  for (const worker of all) {
    worker.on("completed", ({ processedOn, finishedOn }: { processedOn?: number; finishedOn?: number }) => {
      if (processedOn !== undefined && finishedOn !== undefined)
        jobSeconds.observe({ queue: worker.name }, (finishedOn - processedOn) / 1_000);
    });
  }
  tick.on("completed", () => ticks.inc());
}
