import { setTimeout as pause } from "node:timers/promises";
import { exportAll } from "../../src/pipeline/changes/backup.ts";
import { seriesId } from "../../src/series/series.ts";
import { HOUR, type Instant, MINUTE } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { lossyRedis } from "../support/lossy-redis.ts";
import { apps, type Stage, setStage, stagedApp, watches } from "../support/stage.ts";
import { SPARE, SPARE_CHANNEL } from "./asks.ts";
import { causeMishap, type Scene } from "./cause-mishap.ts";
import { startElsewhere } from "./elsewhere.ts";
import { type KeptWorker, keepWorker } from "./keep-worker.ts";
import { otherWatch, startOtherWorkspace } from "./other-workspace.ts";
import { OPS, type Outcome, outcomeOf } from "./outcome.ts";
import type { Mishap } from "./plan.ts";

/** How many hours the story has after the first. */
export const LAST = 9;

/** How long Braze and Slack may take to answer. */
const ANSWER_WITHIN = 600;

/** How long the first workspace may take while a worker runs and the other one hangs. */
const TIMEOUT = 30_000;

const at = (hours: number) => noon + hours * HOUR;

export interface RunOptions {
  readonly mishaps: readonly Mishap[];
  /** Whether the bot may search for its own messages. */
  readonly mayRead: boolean;
}

const spare = anAppWatch({
  ...{ id: SPARE, appName: SPARE, channel: SPARE_CHANNEL },
  series: { workspace: "main", app: SPARE, unit: "hour" },
});

/** The story of three apps, one with an outage of three hours, while things go wrong. */
export async function chaosRun({ mishaps, mayRead }: RunOptions): Promise<Outcome> {
  const other = await startOtherWorkspace();
  let now = (): Instant => noon;
  const elsewhere = await startElsewhere(() => now());
  const stage = await setStage(noon, {
    ...{ answerWithin: ANSWER_WITHIN, missingDataTimeout: 3 * MINUTE },
    apps: [...apps, SPARE].map(stagedApp),
    workspaces: [other.config],
    ops: { channel: OPS },
    ...{ destinations: elsewhere.destinations, routes: elsewhere.routes },
    slack: { channels: ["C0ALERTS1", SPARE_CHANNEL, OPS].map((id) => ({ id, name: id.toLowerCase() })) },
  });
  now = stage.now;
  other.passTo(stage.braze.url);
  if (!mayRead) stage.slack.grant(["chat:write", "files:write", "files:read"]);
  const way = await lossyRedis(stage.redis.url);
  const worker = keepWorker(stage, way.url);
  const scene: Scene = {
    ...{ stage, elsewhere, worker, way, other, asked: [], heldUp: 0 },
    isEvaluated: () => isEvaluated(stage, worker),
  };
  try {
    for (const watch of [...watches, spare, otherWatch]) await stage.bot.watches.save(watch);
    const before = await exportAll(stage.bot);
    stage.braze.control.happen({ series: { app: apps[0] }, kind: "outage", from: at(3), hours: 3 });
    const stuck = await liveThrough(stage, (hour) =>
      Promise.all(mishaps.filter((one) => one.hour === hour).map((mishap) => causeMishap(mishap, scene))),
    );
    const lived = {
      stage,
      elsewhere,
      printed: worker.printed,
      before,
      asked: scene.asked,
      heldUp: scene.heldUp,
    };
    return await outcomeOf({ ...lived, cuts: way.lost() }, [noon, at(LAST)], stuck);
  } finally {
    worker.stop();
    await stage.close();
    way.close();
    other.close();
    await elsewhere.simulator.close();
  }
}

/** Waits until the first workspace is evaluated up to now, whatever the other one does. */
async function isEvaluated({ bot, now }: Stage, worker: KeptWorker): Promise<boolean> {
  const ids = watches.map(({ series }) => seriesId(series));
  const newest = Math.floor((now() - HOUR) / HOUR) * HOUR;
  const areAll = async () => {
    const progress = await bot.progress.all();
    return ids.every((id) => (progress.get(id)?.evaluatedThrough ?? 0) >= newest);
  };
  const giveUpAt = performance.now() + 10 * TIMEOUT;
  for (let begun = performance.now(); performance.now() - begun < TIMEOUT; await pause(20)) {
    if (await areAll()) return true;
    // A busy machine may take long to start the worker that follows a killed one, but not for ever.
    if (!worker.isUp() && performance.now() < giveUpAt) begun = performance.now();
  }
  return false;
}

/** Lives hour by hour; answers what it waited for in vain, if it did. */
async function liveThrough(
  stage: Stage,
  during: (hour: number) => Promise<unknown>,
): Promise<string | undefined> {
  try {
    for (let hour = 0; hour <= LAST; hour++) {
      stage.passTo(at(hour));
      // All that is broken is mended before the hour is waited for any longer.
      await during(hour);
      await stage.liveThrough(at(hour));
    }
    return undefined;
  } catch (error) {
    return String(error);
  }
}
