import { setTimeout as pause } from "node:timers/promises";
import type { App, Receiver } from "@slack/bolt";
import { loggerTo, slackClient } from "../../src/adapters/slack/client/client.ts";
import { consoleFailure, sharedApp } from "../../src/adapters/slack/client/errors.ts";
import type { Bot } from "../../src/bot.ts";
import type { Config } from "../../src/config/config.ts";
import type { ConsoleConfig } from "../../src/config/console.ts";
import { CONSOLE, SHARED_APP } from "../../src/health/checks/slack.ts";
import type { Log } from "../../src/log.ts";
import { redact } from "../../src/redact.ts";
import { SECOND } from "../../src/time/time.ts";
import { createApp } from "./app.ts";
import type { SlackContext } from "./context.ts";
import { messageOf } from "./failure.ts";
import { listeners } from "./listeners/listeners.ts";
import { type Deduplicator, type DeduplicatorOptions, deduplicating } from "./receiving/deduplicator.ts";
import { httpReceiver } from "./receiving/http.ts";
import { defaultTimeouts, socketReceiver, type Timeouts } from "./receiving/socket.ts";

/** How long requests that arrived before a stop may take, in milliseconds. */
const STOP_WITHIN = 4 * SECOND;

/** The receiver of Slack's requests. */
export interface Console {
  /** Where Slack's requests arrive over HTTP, if they do. */
  url(): string | undefined;
  /** Whether Slack is connected. */
  isConnected(): boolean;
  /** Finishes what arrived, and receives nothing more. */
  stop(): Promise<void>;
}

/** Receives Slack's commands, clicks and events, as far as they are configured. */
export async function startConsole(
  bot: Bot,
  { console: way, slack }: Pick<Config, "console" | "slack">,
  log: Log,
  timeouts: Timeouts = defaultTimeouts,
): Promise<Console | undefined> {
  if (way?.via !== "socket") {
    // Clears the failures of a socket that is no longer used.
    for (const name of [CONSOLE, SHARED_APP]) void recorded(bot.failures.clear(name), log);
  }
  if (!way) return undefined;
  const line = receiverFor(way, slack, bot, log, timeouts);
  const { receiver, idle } = withDeduplicator(line, {
    seen: bot.seen,
    client: slackClient({ ...slack, log }),
    log,
  });
  const app = createApp({ ...slack, receiver, log });
  const context: SlackContext = { bot, log };
  for (const listen of listeners) listen(app, context);
  await app.start();
  return {
    url: () => line.url?.(),
    isConnected: () => line.isConnected?.() ?? true,
    async stop() {
      const late = pause(STOP_WITHIN, undefined, { ref: false });
      // Slack waits for responses over the connection.
      await Promise.race([idle(), late]);
      await app.stop();
      // Requests that arrived in the meantime: Slack has their acknowledgement and will not send them again.
      await Promise.race([idle(), late]);
    },
  };
}

type Line = Receiver & { url?(): string | undefined; isConnected?(): boolean };

function receiverFor(
  way: ConsoleConfig,
  { apiUrl }: Config["slack"],
  bot: Bot,
  log: Log,
  timeouts: Timeouts,
): Line {
  const logger = loggerTo(log);
  const { seen, wallClock } = bot;
  if (way.via === "http") return httpReceiver({ ...way, seen, wallClock, logger, log });
  return socketReceiver({
    appToken: way.appToken,
    ...(apiUrl && { apiUrl }),
    logger,
    timeouts,
    sharing: {
      store: bot.slackConnections,
      isNoted: async () => (await bot.failures.among([SHARED_APP])).size > 0,
      shared: () => void recorded(bot.failures.raise(SHARED_APP, { ...sharedApp, since: bot.clock() }), log),
      alone: () => void recorded(bot.failures.clear(SHARED_APP), log),
    },
    connected() {
      log.info("console.connected");
      void recorded(bot.failures.clear(CONSOLE), log);
    },
    disconnected(why, failures) {
      const { failure, message, advice } = consoleFailure(why);
      log.warn({ error: messageOf(why), failures, advice }, "console.disconnected");
      const report = { failure, message: redact(message), advice, since: bot.clock() };
      void recorded(bot.failures.raise(CONSOLE, report), log);
    },
  });
}

/** The same receiver, which hands its requests to a deduplicator instead of to the app. */
function withDeduplicator(
  line: Receiver,
  options: DeduplicatorOptions,
): { receiver: Receiver; idle(): Promise<void> } {
  let deduplicator: Deduplicator | undefined;
  return {
    receiver: {
      init(app) {
        deduplicator = deduplicating(app, options);
        // A receiver only needs an app that accepts events.
        line.init(deduplicator as unknown as App);
      },
      start: (...args) => line.start(...args),
      stop: (...args) => line.stop(...args),
    },
    idle: async () => deduplicator?.idle(),
  };
}

/** The failure of the console is recorded in the background, because the record waits while Redis is unreachable. */
async function recorded(writing: Promise<unknown>, log: Log): Promise<void> {
  try {
    await writing;
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.unnoted");
  }
}
