import type { App } from "@slack/bolt";
import type { Bot } from "../../src/bot.ts";
import type { Log } from "../../src/log.ts";

/** What every listener works with. */
export interface SlackContext {
  readonly bot: Bot;
  readonly log: Log;
}

/** Registers the listeners of one kind of request. */
export type Listen = (app: App, context: SlackContext) => void;
