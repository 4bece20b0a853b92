import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../builders.ts";
import { apps, type Stage, setStage, watches } from "../stage.ts";
import { causeMishap } from "./cause-mishap.ts";
import { keepWorker } from "./keep-worker.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { Mishap } from "./plan.ts";

/** How many hours the story has after the first. */
export const LAST = 9;

/** How long Braze and Slack may take to answer. */
const MISSING_DATA_TIMEOUT = 600;

const at = (hours: number) => noon + hours * HOUR;

export interface RunOptions {
  readonly mishaps: readonly Mishap[];
  /** Whether the bot may look for what it has said. */
  readonly mayRead: boolean;
}

/** The story of three apps, one with an outage of three hours, while things go wrong. */
export async function chaosRun({ mishaps, mayRead }: RunOptions): Promise<Outcome> {
  const stage = await setStage(noon, { answerWithin: MISSING_DATA_TIMEOUT, missingDataTimeout: MINUTE });
  if (!mayRead) stage.slack.grant(["chat:write", "files:write", "files:read"]);
  const worker = keepWorker(stage);
  try {
    for (const watch of watches) await stage.bot.watches.save(watch);
    stage.braze.control.happen({ series: { app: apps[0] }, kind: "outage", from: at(3), hours: 3 });
    const stuck = await liveThrough(stage, (hour) =>
      Promise.all(
        mishaps.filter((one) => one.hour === hour).map((mishap) => causeMishap(mishap, stage, worker)),
      ),
    );
    return await outcomeOf(stage, worker.printed(), [noon, at(LAST)], stuck);
  } finally {
    worker.stop();
    await stage.close();
  }
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
