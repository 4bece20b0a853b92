import type { Bot } from "../src/bot.ts";
import { decorate } from "../src/decorate.ts";
import { TransientError } from "../src/errors.ts";
import type { Messenger } from "../src/pipeline/ports/messages.ts";
import type { RunningJob } from "./runner.ts";

/**
 * The same bot, which posts nothing in Slack for a job that another worker has taken over. While a worker pauses or
 * cannot reach Redis, its lock expires, and another worker takes the job.
 * @param lock how long a worker owns a job
 */
export const whileHeld = <Some extends Pick<Bot, "messenger">>(
  bot: Some,
  job: RunningJob,
  lock: number,
): Some => ({
  ...bot,
  messenger: fenced(bot.messenger, () => hold(job, lock)),
});

const fenced = (messenger: Messenger, hold: () => Promise<void>): Messenger =>
  decorate(messenger, {
    async post(call) {
      await hold();
      return call();
    },
    async update(call) {
      await hold();
      return call();
    },
  });

/** Makes sure that this worker owns a job for long enough to post. Throws otherwise. */
async function hold(job: RunningJob, lock: number): Promise<void> {
  for (;;) {
    const asked = performance.now();
    if ((await job.extendLock(job.token ?? "", lock)) !== 1)
      throw new TransientError("another worker took over this job", {
        failure: "taken-over",
        advice: "Nothing to do: the other worker finishes it.",
      });
    // A response that took long says nothing about the present.
    if (performance.now() - asked < lock / 3) return;
  }
}
