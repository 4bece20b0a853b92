import type { Bot } from "../../src/bot.ts";
import type { WorkerKind } from "../../src/config/kinds.ts";
import type { Workers } from "../start.ts";

/** What is looked at. */
export interface Running {
  readonly bot: Bot;
  readonly workers: Workers;
  /** What this process works on. */
  readonly kinds: readonly WorkerKind[];
}
