import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../../../src/adapters/redis/connection/connection.ts";
import { createLog } from "../../../src/log.ts";
import { seriesId } from "../../../src/series/series.ts";
import { openQueues, QUEUE_PREFIX } from "../../../workers/queues.ts";
import { startWorkers, type Workers } from "../../../workers/start.ts";
import { noon } from "../../support/builders.ts";
import { type Stage, setStage, testPace, watches } from "../../support/stage.ts";
import { until } from "../../support/until.ts";

const OPS = "C0OPS0001";
const pace = { ...testPace, quietFor: 3_000, checkEvery: 50 };

let stage: Stage;
let stop: (() => Promise<void>)[];
beforeEach(async () => {
  stage = await setStage(noon, { ops: { channel: OPS } });
  stop = [];
});
afterEach(async () => {
  await Promise.all(stop.map((end) => end()));
  await stage.close();
});

/** Workers of a process of their own. */
async function start(log: string[] = stage.log): Promise<Workers> {
  const logger = createLog("info", { write: (line) => log.push(line) });
  const connection = connect(stage.redis.url, logger);
  const workers = await startWorkers(stage.bot, connection, logger, pace);
  stop.push(async () => {
    await workers.stop();
    connection.disconnect();
  });
  return workers;
}

/** Waits until ticks come that were not there before. */
async function ticking({ tick }: Workers): Promise<void> {
  let isDone = false;
  tick.once("completed", () => {
    isDone = true;
  });
  await until(() => isDone, "a tick");
}

const lastNotified = () => stage.slack.messages(OPS).map(({ text }) => text);
const restored = () => stage.log.filter((line) => line.includes('"event":"schedule.restored"'));

/** Takes keys from Redis at a moment at which no tick is under way. */
async function lose(...keys: string[]): Promise<void> {
  await stage.connection.del(...keys.map((key) => `${QUEUE_PREFIX}:${key}`));
}

test.each<[string, string[]]>([
  ["its schedule and its next job", ["tick:repeat", "tick:repeat:tick", "tick:delayed"]],
  ["its next job", ["tick:delayed"]],
])(
  "when Redis loses of the tick %s, it is restored, logged, and reported in the ops channel",
  async (_, keys) => {
    const workers = await start();
    await ticking(workers);
    // What is under way may write its next job anew: it is taken until nothing comes.
    let last = await workers.queues.lastTick();
    await until(async () => {
      await lose(...keys);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const now = await workers.queues.lastTick();
      const isQuiet = now === last;
      last = now;
      return isQuiet;
    }, "the ticks to stay away");

    await until(() => restored().length > 0, "the schedule to be restored");
    await ticking(workers);
    await until(
      () => lastNotified().some((text) => text.includes("Tidewatch stopped: the ticks")),
      "the ops channel to be told",
    );
    expect(lastNotified().filter((text) => text.includes("the ticks"))).toHaveLength(1);
    expect(stage.log.join("")).toContain('"healthIssue":"schedule.tick"');

    await until(() => {
      stage.pass(10_000);
      return lastNotified().some((text) => /^✅ Resolved after .*: Tidewatch stopped/.test(text));
    }, "its end");
  },
);

test("when two processes miss the tick, one reports it", async () => {
  const [first] = [await start(), await start()];
  await ticking(first);
  await stage.connection.flushall();
  for (const watch of watches) await stage.bot.watches.save(watch);
  await until(() => lastNotified().some((text) => text.includes("the ticks")), "the ops channel to be told");
  await ticking(first);
  expect(lastNotified().filter((text) => text.includes("the ticks"))).toHaveLength(1);
});

test("when Redis loses a series' job, another is added and the series is evaluated", async () => {
  for (const watch of watches) await stage.bot.watches.save(watch);
  const id = seriesId(watches[0]!.series);
  const queues = openQueues(stage.connection, createLog("error"), { workspaces: ["main"], groupWait: 0 });
  await queues.collect([id]);
  await lose("collect.main:wait", "collect.main:marker");
  // The job itself is still written down: as long as it is, no other is added.
  await queues.collect([id]);
  expect((await queues.depths()).collect).toMatchObject({
    waiting: 0,
    prioritized: 0,
    delayed: 0,
    active: 0,
  });
  await queues.close();

  await start();
  await stage.liveThrough(noon);
  const freed = stage.log.filter((line) => line.includes('"event":"queue.job-lost"'));
  expect(freed.map((line) => JSON.parse(line))).toMatchObject([{ queue: "collect", of: id }]);
});
