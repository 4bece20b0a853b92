import type { Redis } from "ioredis";
import type { BrazeOptions } from "./adapters/braze/client.ts";
import { brazeSessions } from "./adapters/braze/sessions.ts";
import { urlHeartbeat } from "./adapters/heartbeat/heartbeat.ts";
import { redisStores } from "./adapters/redis/stores.ts";
import { slackMessenger } from "./adapters/slack/messenger.ts";
import { opsRenderer } from "./adapters/slack/ops.ts";
import { slackRenderer } from "./adapters/slack/render.ts";
import type { Config } from "./config.ts";
import { HOUR } from "./core/time.ts";
import type { ArrivalDeps } from "./pipeline/arrival.ts";
import type { BeatDeps } from "./pipeline/beat.ts";
import type { CollectDeps } from "./pipeline/collect.ts";
import type { EvaluateDeps } from "./pipeline/evaluate.ts";
import type { NotifyDeps } from "./pipeline/notify.ts";
import type { Clock, Journal, WatchStore } from "./pipeline/ports.ts";
import type { ProveLifeDeps } from "./pipeline/prove-life.ts";
import { noteSlackTroubles } from "./pipeline/slack-trouble.ts";
import type { TickDeps } from "./pipeline/tick.ts";
import type { TroubleDeps } from "./pipeline/trouble.ts";
import type { WatchdogDeps } from "./pipeline/watchdog.ts";

/** Everything the verbs need, wired to the real world. */
export type Bot = TickDeps &
  CollectDeps &
  EvaluateDeps &
  NotifyDeps &
  TroubleDeps &
  ArrivalDeps &
  WatchdogDeps &
  ProveLifeDeps &
  BeatDeps & { readonly watches: WatchStore; readonly journal: Journal; readonly concurrency: number };

/** Slack allows some 50 edits a minute in all; what grows by the hour needs none of them twice a minute. */
const EDIT_EVERY = 45_000;

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
  const stores = redisStores(redis);
  const { channel, proofAt = 9 * HOUR, heartbeatUrl } = config.ops ?? {};
  return {
    ...stores,
    source,
    messenger: noteSlackTroubles(slackMessenger({ ...slack }), { troubles: stores.troubles, clock }),
    renderer: slackRenderer(),
    ops: { proofAt, zone: workspace.zone, ...(channel && { channel }) },
    opsRenderer: opsRenderer(),
    ...(heartbeatUrl && { heartbeat: urlHeartbeat({ url: heartbeatUrl, clock }) }),
    whenUnsure: slack.whenUnsure,
    editEvery: EDIT_EVERY,
    wallClock,
    profileOf: (seriesId) => ({ unit: seriesId.endsWith(".day") ? "day" : "hour", zone: workspace.zone }),
    timing,
    concurrency,
    clock,
  };
}
