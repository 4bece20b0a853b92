import type { App } from "@slack/bolt";
import type { Bot } from "../../src/bot.ts";
import type { Log } from "../../src/log.ts";

/** What every listener works with. */
export interface SlackContext {
  readonly bot: Bot;
  readonly log: Log;
  /** Has changes told soon, by their ids; whatever fails here, the next tick does it. */
  tell(changeIds: readonly string[]): Promise<void>;
}

/** Registers what listens to one kind of request. */
export type Listen = (app: App, context: SlackContext) => void;

/** Who asks, and from where. */
export interface Actor {
  readonly user: string;
  readonly channel: string;
}
