import type { Bot } from "../src/bot.ts";
import { seriesRef } from "../src/core/series.ts";
import { PermanentError, TransientError } from "../src/errors.ts";
import { noteArrival } from "../src/pipeline/arrival.ts";
import { collect } from "../src/pipeline/collect.ts";
import { evaluate } from "../src/pipeline/evaluate.ts";
import { herald } from "../src/pipeline/herald.ts";
import { notify } from "../src/pipeline/notify.ts";
import { proveLife } from "../src/pipeline/prove-life.ts";
import { tellReview } from "../src/pipeline/review.ts";
import { holdRefused, spare } from "../src/pipeline/sparing.ts";
import { tick } from "../src/pipeline/tick.ts";
import { clearTrouble, raiseTrouble } from "../src/pipeline/trouble.ts";
import { watchdog } from "../src/pipeline/watchdog.ts";

/** What the workers do of one tick, one thing after the other, so that the same is said in the same order each time. */
export async function workOnce(bot: Bot): Promise<void> {
  for (const seriesId of (await tick(bot)).collect) await collectOne(seriesId, bot);
  for (const seriesId of (await tick(bot)).evaluate) await evaluate(seriesId, bot);
  for (const room of (await tick(bot)).notify) await notify(room, bot);
  const { facts, blind } = await watchdog(bot, () => {});
  for (const channel of facts.channels.keys()) {
    await herald(channel, bot);
    await tellReview(channel, bot);
  }
  await proveLife(blind.length, bot);
}

async function collectOne(seriesId: string, bot: Bot): Promise<void> {
  const { workspace } = seriesRef(seriesId);
  if (await spare(seriesId, bot)) return;
  try {
    const { due, arrived } = await collect(seriesId, bot);
    for (const name of due > 0 ? [workspace, seriesId] : []) await clearTrouble(name, bot);
    if (arrived !== undefined) await noteArrival(seriesId, arrived, bot);
  } catch (error) {
    if (await holdRefused(seriesId, error, bot)) return;
    if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
    await raiseTrouble(workspace, seriesId, error, bot);
  }
}
