import type { Bot } from "../src/bot.ts";
import { refusedNow } from "../src/pipeline/actions/announce-change.ts";
import { tick } from "../src/pipeline/tick.ts";
import type { Queues } from "./queues.ts";
import { type Handle, type Runtime, runWorker } from "./runner.ts";

/** Slack takes about one message a second in a channel; what is left is told by the next ticks. */
const MOST_CHANGES = 50;

// From anywhere, so that changes which cannot be told now keep none from being told.
function some(changeIds: readonly string[]): readonly string[] {
  const first = Math.floor(Math.random() * changeIds.length);
  return [...changeIds.slice(first), ...changeIds.slice(0, first)].slice(0, MOST_CHANGES);
}

type TickedQueues = Pick<Queues, "collect" | "probe" | "evaluate" | "notify" | "announce" | "health">;

/** Every minute: finds which series are due and which incidents may have something unsaid, and queues them. */
export const tickJob =
  (bot: Bot, queues: TickedQueues): Handle<"tick"> =>
  async () => {
    try {
      const { collect, probe, evaluate, notify } = await tick(bot);
      await queues.collect(collect);
      await queues.probe(probe);
      await queues.evaluate(evaluate);
      await queues.notify(notify);
      const notNotified = some(await bot.changes.unannounced());
      await queues.announce(notNotified, await refusedNow(notNotified, bot));
      return { due: collect.length + probe.length, unsaid: notify.length };
    } finally {
      // Above all where that fails, somebody has to look whether hours go not evaluated.
      await queues.health();
    }
  };

export const tickWorker = (bot: Bot, queues: Queues, runtime: Runtime) =>
  runWorker("tick", runtime, tickJob(bot, queues));
