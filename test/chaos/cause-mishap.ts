import { setTimeout as pause } from "node:timers/promises";
import { KEY, type Stage } from "../stage.ts";
import type { KeptWorker } from "./keep-worker.ts";
import type { Mishap } from "./plan.ts";

// With the simulated clock, a quota that is reset at the next full hour never would be.
const SOON = { "retry-after": "1" };

/** Lets a mishap happen, and be over. */
export async function causeMishap(mishap: Mishap, stage: Stage, worker: KeptWorker): Promise<void> {
  const { redis, slack, braze } = stage;
  await pause(mishap.after);
  switch (mishap.kind) {
    case "kill":
      return worker.kill();
    case "redis-gone":
      await redis.kill();
      await pause(mishap.lasts);
      return redis.revive();
    case "slack-gone":
      await slack.down();
      await pause(mishap.lasts);
      return slack.up();
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
