import type { Bot } from "../src/bot.ts";
import { refusedNow } from "../src/pipeline/changes/announce-change.ts";
import { closeUnconfigured, reopenConfigured } from "../src/pipeline/notifying/unconfigured.ts";
import { tick } from "../src/pipeline/tick.ts";
import type { Queues } from "./queues.ts";
import { type Handle, type Runtime, runWorker } from "./runner.ts";

/** Slack accepts about one message a second in a channel. The next ticks announce the rest. */
const MOST_CHANGES = 50;

// A random selection, so that changes that cannot be announced now do not block others.
function some(changeIds: readonly string[]): readonly string[] {
  const first = Math.floor(Math.random() * changeIds.length);
  return [...changeIds.slice(first), ...changeIds.slice(0, first)].slice(0, MOST_CHANGES);
}

type TickedQueues = Pick<
  Queues,
  "collect" | "deliver" | "probe" | "evaluate" | "notify" | "announce" | "health"
>;

/** Every minute: finds due series and incidents that may need a notification, and queues them. */
export const tickJob = (bot: Bot, queues: TickedQueues): Handle<"tick"> => {
  // What is configured changes with a restart alone.
  let isReopened = false;
  return async () => {
    try {
      const { collect, probe, evaluate, notify } = await tick(bot);
      await queues.collect(collect);
      await queues.probe(probe);
      await queues.evaluate(evaluate);
      await queues.notify(notify);
      await queues.deliver(bot.destinations.map(({ name }) => name));
      const unannounced = some(await bot.changes.unannounced());
      await queues.announce(unannounced, await refusedNow(unannounced, bot));
      // Last, so that an incident that cannot be read holds up nothing else.
      await closeUnconfigured(bot);
      if (!isReopened) await reopenConfigured(bot);
      isReopened = true;
      return { due: collect.length + probe.length, notify: notify.length };
    } finally {
      // Above all when this fails, something has to check whether hours are not evaluated.
      await queues.health();
    }
  };
};

export const tickWorker = (bot: Bot, queues: Queues, runtime: Runtime) =>
  runWorker("tick", runtime, tickJob(bot, queues));
