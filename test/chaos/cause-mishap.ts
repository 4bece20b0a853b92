import { setTimeout as pause } from "node:timers/promises";
import type { LossyRedis } from "../support/lossy-redis.ts";
import { KEY, type Stage } from "../support/stage.ts";
import { type Asked, askChange } from "./ask-change.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { KeptWorker } from "./keep-worker.ts";
import { historyLosses, loseSchedule } from "./losses.ts";
import type { OtherWorkspace } from "./other-workspace.ts";
import type { Mishap } from "./plan.ts";

/** Everything that a fault can affect, and its record. */
export interface Scene {
  readonly stage: Stage;
  readonly elsewhere: Elsewhere;
  readonly worker: KeptWorker;
  /** The worker's way to Redis. */
  readonly way: LossyRedis;
  readonly other: OtherWorkspace;
  readonly asked: Asked[];
  /** Waits until the first workspace is evaluated; answers whether it was in time. */
  readonly isEvaluated: () => Promise<boolean>;
  /** How often the first workspace waited for the other one. */
  heldUp: number;
}

// With the simulated clock, a quota that is reset at the next full hour never would be.
const SOON = { "retry-after": "1" };

/** Lets a mishap happen, and be over. */
export async function causeMishap(mishap: Mishap, scene: Scene): Promise<void> {
  const { stage, elsewhere, worker, way, other, asked } = scene;
  const { redis, slack, braze } = stage;
  await pause(mishap.after);
  switch (mishap.kind) {
    case "kill":
      return worker.kill();
    case "worker-cut": {
      const { what, word, skip } = mishap.cut;
      return way.breakAt({
        ...{ word, skip, when: what === "killed before" ? "before" : "after" },
        ...(what !== "reply lost" && { act: worker.kill }),
      });
    }
    case "change": {
      // Each by somebody else, so that it is known which entry is whose.
      const by = `person-${asked.length + 1}-${mishap.hour}-${mishap.after}`;
      asked.push(await askChange(mishap.ask, by, mishap.cut, stage));
      return;
    }
    case "history-lost":
      await historyLosses[mishap.what](stage, mishap.series);
      return;
    case "schedule-lost":
      return loseSchedule(mishap.what, stage);
    case "workspace-hangs":
      other.hang();
      if (!(await scene.isEvaluated())) scene.heldUp++;
      return other.answer();
    case "redis-gone":
      await redis.kill();
      await pause(mishap.lasts);
      return redis.revive();
    case "slack-gone":
      await slack.down();
      await pause(mishap.lasts);
      return slack.up();
    case "elsewhere-gone":
      await elsewhere.simulator.down();
      await pause(mishap.lasts);
      return elsewhere.simulator.up();
    case "elsewhere-fails":
      return elsewhere.simulator.faults.next(mishap.at, mishap.fault, mishap.times);
    case "slack-fails":
      return slack.faults.next(mishap.method, mishap.fault, mishap.times);
    case "braze-refuses":
      braze.control.useKey("another");
      await pause(mishap.lasts);
      return braze.control.useKey(KEY);
    case "braze-fails":
      braze.control.fail({ kind: mishap.fault, times: mishap.times, headers: SOON });
  }
}
