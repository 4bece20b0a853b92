import { setTimeout as pause } from "node:timers/promises";
import { keysOf } from "../../src/adapters/redis/keys.ts";
import { exportAll } from "../../src/pipeline/changes/backup.ts";
import { seriesId } from "../../src/series/series.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { QUEUE_PREFIX } from "../../workers/queues.ts";
import { type Outcome, outcomeOf } from "../chaos/outcome.ts";
import { LAST } from "../chaos/run.ts";
import { noon } from "../support/builders.ts";
import { apps, setStage, watches } from "../support/stage.ts";
import { startCluster } from "./cluster.ts";

const at = (hours: number) => noon + hours * HOUR;
const keys = keysOf("tidewatch");

/** Whose master is killed, by what it holds, and in which hour of the story. */
export const killings: readonly { readonly hour: number; readonly what: string; readonly key: string }[] = [
  { hour: 3, what: "the queues", key: `${QUEUE_PREFIX}:tick:meta` },
  { hour: 5, what: "the lists", key: keys.progress() },
  { hour: 6, what: "the history of the app that falls", key: keys.history(seriesId(watches[0]!.series)) },
  { hour: 7, what: "the incidents of the app that falls", key: keys.live(apps[0]) },
];

/** What came of the story, and for how long each time nothing was evaluated, in seconds. */
export interface ClusterOutcome extends Outcome {
  readonly pauses: readonly number[];
}

/** The story of three apps, one with an outage, on a cluster whose masters are killed one after another. */
export async function clusterStory(kill = killings): Promise<ClusterOutcome> {
  const cluster = await startCluster();
  const stage = await setStage(noon, {
    redis: { ...cluster, kill: async () => {}, revive: async () => {} },
    missingDataTimeout: 2 * MINUTE,
  });
  const pauses: number[] = [];
  try {
    for (const watch of watches) await stage.bot.watches.save(watch);
    const before = await exportAll(stage.bot);
    stage.braze.control.happen({ series: { app: apps[0] }, kind: "outage", from: at(3), hours: 3 });
    const workers = await stage.startWorkers();
    for (let hour = 0; hour <= LAST; hour++) {
      const killing = kill.find((one) => one.hour === hour);
      const victim = killing && (await cluster.masterOf(killing.key));
      stage.passTo(at(hour));
      const begun = performance.now();
      // Somewhere in the middle of what this hour brings.
      if (victim) await pause(50);
      await victim?.kill();
      await stage.liveThrough(at(hour));
      if (!victim) continue;
      pauses.push((performance.now() - begun) / 1_000);
      await victim.revive();
      await cluster.whole();
    }
    const lived = { stage, printed: () => stage.log.join(), before, asked: [], heldUp: 0, cuts: 0 };
    const outcome = await outcomeOf(lived, [noon, at(LAST)], undefined);
    await workers.stop();
    return { ...outcome, pauses };
  } finally {
    await stage.close();
  }
}
