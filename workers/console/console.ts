import type { App, Receiver } from "@slack/bolt";
import { loggerTo } from "../../src/adapters/slack/client.ts";
import { consoleTrouble } from "../../src/adapters/slack/errors.ts";
import type { Bot } from "../../src/bot.ts";
import type { Config } from "../../src/config/config.ts";
import type { ConsoleConfig } from "../../src/config/console.ts";
import { CONSOLE } from "../../src/core/symptoms-around.ts";
import type { Log } from "../../src/log.ts";
import { redact } from "../../src/redact.ts";
import type { Queues } from "../queues.ts";
import { createApp } from "./app.ts";
import type { Desk } from "./desk.ts";
import { doorOf } from "./door.ts";
import { messageOf } from "./failure.ts";
import { httpReceiver } from "./http.ts";
import { listeners } from "./listeners/listeners.ts";
import { defaultPatience, type Patience, socketReceiver } from "./socket.ts";

/** What listens to Slack. */
export interface Console {
  /** Where Slack's requests come in, where they do. */
  url(): string | undefined;
  /** Whether Slack can be heard. */
  isConnected(): boolean;
  stop(): Promise<void>;
}

/** Listens to Slack's commands, clicks and events, as far as that is set up. */
export async function startConsole(
  bot: Bot,
  { console: way, slack }: Pick<Config, "console" | "slack">,
  log: Log,
  queues: Pick<Queues, "announce">,
  patience: Patience = defaultPatience,
): Promise<Console | undefined> {
  if (!way) return undefined;
  const line = receiverFor(way, slack, bot, log, patience);
  const app = createApp({ ...slack, receiver: behindDoor(line, bot, log), log });
  const desk: Desk = { bot, log, tell: (changeIds) => queues.announce(changeIds) };
  for (const listen of listeners) listen(app, desk);
  await app.start();
  return {
    url: () => line.url?.(),
    isConnected: () => line.isConnected?.() ?? true,
    async stop() {
      await app.stop();
    },
  };
}

type Line = Receiver & { url?(): string | undefined; isConnected?(): boolean };

function receiverFor(
  way: ConsoleConfig,
  { apiUrl }: Config["slack"],
  bot: Bot,
  log: Log,
  patience: Patience,
): Line {
  const logger = loggerTo(log);
  const { seen, wallClock } = bot;
  if (way.via === "http") return httpReceiver({ ...way, seen, wallClock, logger, log });
  return socketReceiver({
    appToken: way.appToken,
    ...(apiUrl && { apiUrl }),
    logger,
    patience,
    connected() {
      log.info("console.connected");
      void noted(bot.troubles.clear(CONSOLE), log);
    },
    disconnected(why, failures) {
      const { trouble, message, advice } = consoleTrouble(why);
      log.warn({ error: messageOf(why), failures, advice }, "console.disconnected");
      const report = { trouble, message: redact(message), advice, since: bot.clock() };
      void noted(bot.troubles.raise(CONSOLE, report), log);
    },
  });
}

/** The same receiver, handing what comes in to the door instead of to the app itself. */
const behindDoor = (line: Receiver, { seen }: Bot, log: Log): Receiver => ({
  // Receivers know nothing of an app but that it takes events.
  init: (app) => line.init(doorOf(app, { seen, log }) as App),
  start: (...args) => line.start(...args),
  stop: (...args) => line.stop(...args),
});

/** What keeps the console away is noted beside its work: while Redis is gone, that waits. */
async function noted(writing: Promise<unknown>, log: Log): Promise<void> {
  try {
    await writing;
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.unnoted");
  }
}
