import type { Bot } from "../src/bot.ts";
import { decorate } from "../src/decorate.ts";
import { TransientError } from "../src/errors.ts";
import type { Messenger } from "../src/pipeline/ports/messages.ts";
import type { RunningJob } from "./runner.ts";

/**
 * The same bot, which says nothing in Slack for a job that is another worker's by now: while a worker stands still, or
 * does not reach Redis, its lock runs out, and another does the job. @param lock how long a job is a worker's own
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

/** Makes sure that a job is this worker's, and stays so for long enough to say something; throws where it is not. */
async function hold(job: RunningJob, lock: number): Promise<void> {
  for (;;) {
    const asked = performance.now();
    if ((await job.extendLock(job.token ?? "", lock)) !== 1)
      throw new TransientError("another worker has taken this job over", {
        failure: "taken-over",
        advice: "Nothing is to be done: the other says what is to be said.",
      });
    // An answer that took long tells nothing of now.
    if (performance.now() - asked < lock / 3) return;
  }
}
