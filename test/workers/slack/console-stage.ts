import { ben } from "../../../simulator/slack/people.ts";
import { createLog } from "../../../src/log.ts";
import { MINUTE } from "../../../src/time/time.ts";
import { type Console, startConsole } from "../../../workers/slack/console.ts";
import type { Workers } from "../../../workers/start.ts";
import { noon } from "../../support/builders.ts";
import { type Stage, type StageOptions, setStage, watches } from "../../support/stage.ts";
import { until } from "../../support/until.ts";

/** How the console listens to the simulated Slack. */
export type Via = "socket" | "http";

/** A stage with workers, a console that the simulated Slack reaches, and a person who types. */
export interface SlackStage extends Stage {
  readonly console: Console;
  readonly workers: Workers;
  readonly lines: string[];
  /** Types a command in #alerts, and answers the text of what came back. @param user `ben` unless another types */
  type(text: string, user?: string): Promise<string>;
  /** The same, as JSON of everything that was answered. */
  whole(text: string, user?: string): Promise<string>;
  closeAll(): Promise<void>;
}

export const timeouts = { first: 10, longest: 50, hello: 5_000, recount: 3 * MINUTE };

export async function setSlackStage(options: StageOptions = {}, via: Via = "socket"): Promise<SlackStage> {
  const stage = await setStage(noon, options);
  for (const watch of watches) await stage.bot.watches.save(watch);
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => lines.push(line) });
  const workers = await stage.startWorkers();
  const { appToken, signingSecret } = stage.slack;
  const way =
    via === "socket"
      ? ({ via, appToken } as const)
      : ({ via, signingSecret, host: "127.0.0.1", port: 0 } as const);
  const console = (await startConsole(stage.bot, { ...stage.config, console: way }, log, timeouts))!;
  if (via === "http") stage.slack.app.pointTo(console.url());
  await until(() => console.isConnected(), "the console to be connected to Slack");

  async function typed(text: string, user: string) {
    const outcome = await stage.slack.command(`/tidewatch ${text}`, { user, channel: "C0ALERTS1" });
    if (outcome.failure) throw new Error(`Slack showed ${outcome.failure} for "${text}"`);
    await until(() => outcome.responses.length > 0, `the answer to "${text}"`);
    return outcome.responses[0]!;
  }
  return {
    ...stage,
    console,
    workers,
    lines,
    type: async (text, user = ben.id) => (await typed(text, user)).text,
    whole: async (text, user = ben.id) => JSON.stringify(await typed(text, user)),
    async closeAll() {
      await console.stop();
      await stage.close();
    },
  };
}
