import type { Redis } from "ioredis";
import type { BrazeOptions } from "./adapters/braze/client.ts";
import { brazeSessions } from "./adapters/braze/sessions.ts";
import { redisStores } from "./adapters/redis/stores.ts";
import { slackMessenger } from "./adapters/slack/messenger.ts";
import { slackRenderer } from "./adapters/slack/render.ts";
import type { Config } from "./config.ts";
import type { CollectDeps } from "./pipeline/collect.ts";
import type { EvaluateDeps } from "./pipeline/evaluate.ts";
import type { NotifyDeps } from "./pipeline/notify.ts";
import type { Clock, Journal, WatchStore } from "./pipeline/ports.ts";
import type { TickDeps } from "./pipeline/tick.ts";
import type { TroubleDeps } from "./pipeline/trouble.ts";

/** Everything the four verbs need, wired to the real world. */
export type Bot = TickDeps &
  CollectDeps &
  EvaluateDeps &
  NotifyDeps &
  TroubleDeps & { readonly watches: WatchStore; readonly journal: Journal; readonly concurrency: number };

/**
 * Wires the ports to Braze, Redis and Slack; the only place that does.
 * @param wallClock the time that Slack's own time stamps are compared with.
 * @param onAnswer is told of every answer of Braze.
 */
export function createBot(
  config: Config,
  redis: Redis,
  clock: Clock = Date.now,
  wallClock: Clock = Date.now,
  onAnswer?: BrazeOptions["onAnswer"],
): Bot {
  const { workspace, slack, timing, concurrency } = config;
  const source = brazeSessions({ ...workspace, clock, ...(onAnswer && { onAnswer }) });
  return {
    ...redisStores(redis),
    source,
    messenger: slackMessenger({ ...slack }),
    renderer: slackRenderer(),
    whenUnsure: slack.whenUnsure,
    wallClock,
    profileOf: (seriesId) => ({ unit: seriesId.endsWith(".day") ? "day" : "hour", zone: workspace.zone }),
    timing,
    concurrency,
    clock,
  };
}
