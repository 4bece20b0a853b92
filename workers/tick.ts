import type { Bot } from "../src/bot.ts";
import { tick } from "../src/pipeline/tick.ts";
import type { Queues } from "./queues.ts";
import { type Runtime, runWorker } from "./runner.ts";

/** Every minute: finds which series are due and which incidents may have something unsaid, and queues them. */
export const tickWorker = (bot: Bot, queues: Queues, runtime: Runtime) =>
  runWorker("tick", runtime, async () => {
    try {
      const { collect, evaluate, notify } = await tick(bot);
      await queues.collect(collect);
      await queues.evaluate(evaluate);
      await queues.notify(notify);
      await queues.announce(await bot.changes.unannounced());
      return { due: collect.length, unsaid: notify.length };
    } finally {
      // Above all where that fails, somebody has to look whether hours go unjudged.
      await queues.watchdog();
    }
  });
