import { once } from "node:events";
import { Queue } from "bullmq";
import { afterEach, expect, test } from "vitest";
import { HOUR, hourOf, MINUTE } from "../../src/time/time.ts";
import { QUEUE_PREFIX } from "../../workers/queues.ts";
import { type Program, settingsOf, startProgram } from "../support/program.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
let program: Program | undefined;
let queues: Queue[] = [];
afterEach(async () => {
  program?.child.kill("SIGKILL");
  for (const queue of queues.splice(0)) await queue.close();
  await stage.close();
});

/** How long hours settle here, in minutes: such that no hour becomes due by the clock on the wall while this runs. */
const settling = (new Date().getUTCMinutes() + 40) % 60;

/** The newest hour that the command is to evaluate. */
const newest = hourOf(Date.now() - settling * MINUTE) - HOUR;
const at = (hoursAgo: number) => newest - hoursAgo * HOUR;

const messages = () => stage.slack.messages("C0ALERTS1");
/** What each message says of itself that it is. */
const ids = () => messages().map(({ metadata }) => String(metadata?.event_payload.id));
/** The drops that were posted: follow-ups have the same id. */
const drops = () => ids().filter((id) => /drop@[^/]+$/.test(id));

/** Lets the minute until the next tick pass, and the time in which related incidents are collected. */
async function hurry(): Promise<void> {
  for (const queue of queues) for (const job of await queue.getDelayed()) await job.promote().catch(() => {});
}

/** Starts the real command, and waits until it has evaluated and posted everything. */
async function start(through: number): Promise<Program> {
  program = startProgram("workers/main.ts", [], {
    settings: {
      ...settingsOf(stage),
      EVALUATION_DELAY: `${settling}m`,
      SPREAD: "0s",
      MISSING_DATA_TIMEOUT: "12h",
      LOG_LEVEL: "debug",
    },
  });
  const hurrying = setInterval(hurry, 500);
  await until(
    async () => {
      const progress = await stage.bot.progress.all();
      return (
        watches.every(({ id }) => (progress.get(`main.${id}.all.hour`)?.evaluatedThrough ?? 0) >= through) &&
        (await stage.bot.outbox.all()).size === 0
      );
    },
    `everything up to ${new Date(through).toISOString()} to be evaluated and said`,
    100_000,
  ).finally(() => clearInterval(hurrying));
  return program;
}

test("after a start, stop, kill and restart on the same data the bot continues where it was and posts nothing twice", async () => {
  stage = await setStage(at(8));
  for (const watch of watches) await stage.bot.watches.save(watch);
  // From an hour that is seen before the stop on, until after the last start.
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(7), hours: 12 });
  const workers = await stage.startWorkers();
  await stage.liveThrough(at(6));
  expect(drops()).toEqual([`main.C0ALERTS1.hour.drop@${new Date(at(7)).toISOString().slice(0, 13)}`]);
  await workers.stop();
  const { connection } = stage;
  queues = ["tick", "notify"].map((name) => new Queue(name, { connection, prefix: QUEUE_PREFIX }));
  for (const queue of queues) queue.on("error", () => {});

  // Hours pass while nothing runs, and of the last three Braze knows nothing yet: of one in progress it would tell a part.
  stage.pass(Date.now() - stage.now());
  stage.delayBraze(stage.now() - at(2) + 1);
  const first = await start(at(3));
  first.child.kill("SIGTERM");
  expect(await once(first.child, "exit")).toEqual([0, null]);

  // Redis too is stopped, and comes back with its data; Braze is on time again.
  await stage.redis.kill();
  await stage.redis.revive();
  stage.delayBraze(0);
  // An hour that was not there is asked for again after five minutes, which nobody waits for here.
  for (const { id } of watches) await stage.bot.progress.save(`main.${id}.all.hour`, { notBefore: 0 });
  const second = await start(at(0));
  second.child.kill("SIGKILL");
  await once(second.child, "exit");
  const posted = messages().length;

  const third = await start(at(0));
  await until(() => hurry().then(() => third.printed().includes("tick.done")), "a round of the last start");
  third.child.kill("SIGTERM");
  await once(third.child, "exit");

  expect(drops()).toEqual([`main.C0ALERTS1.hour.drop@${new Date(at(7)).toISOString().slice(0, 13)}`]);
  expect(messages()).toHaveLength(posted);
  expect(new Set(ids()).size).toBe(posted);
  for (const { id } of watches) {
    const evaluated = await stage.bot.journal.between(id, at(8), at(0));
    expect(evaluated.map(({ bucket }) => bucket)).toEqual(Array.from({ length: 9 }, (_, i) => at(8 - i)));
    expect(evaluated.filter(({ verdict }) => verdict === "not-evaluated")).toEqual([]);
  }
}, 400_000);
