import type { Bot } from "../src/bot.ts";
import { notify } from "../src/pipeline/notify.ts";
import { type Runtime, runWorker } from "./runner.ts";

/** decide → render → post or edit: says what is to be said of one incident. */
export const notifyWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("notify", runtime, async ({ incidentId }) => {
    const decisions = await notify(incidentId, bot);
    for (const decision of decisions) runtime.log.info({ incidentId, ...decision }, "notify.decided");
    return { decisions };
  });
