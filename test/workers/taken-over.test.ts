import { afterEach, expect, test } from "vitest";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import type { Bot } from "../../src/bot.ts";
import { groupKeyOf } from "../../src/incidents/alert-group.ts";
import { createLog } from "../../src/log.ts";
import { acknowledge } from "../../src/pipeline/actions/acknowledge.ts";
import { notifyWorker } from "../../workers/notify.ts";
import { openQueues, QUEUE_PREFIX } from "../../workers/queues.ts";
import { anIncident, noon } from "../support/builders.ts";
import { pausing } from "../support/pausing.ts";
import { type Stage, setStage, testPace, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
const close: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of close.splice(0).reverse()) await each();
  await stage.close();
});

const CHANNEL = "C0ALERTS1";
const watch = watches[0]!;
const incident = anIncident({ id: "ios.drop@2026-06-16T12", watchId: watch.id, severity: "critical" });
const groupKey = groupKeyOf(watch, incident);

/** The queue, and what starts workers of one kind on it. */
async function setQueue() {
  stage = await setStage(noon);
  await stage.bot.watches.save(watch);
  await stage.bot.incidents.save(incident);
  await stage.bot.outbox.add(incident.id, groupKey);
  const log = createLog("silent");
  const connection = connect(stage.redis.url, log);
  const queues = openQueues(connection, log, { workspaces: ["main"], groupWait: 0 });
  close.push(
    () => connection.disconnect(),
    () => queues.close(),
  );
  return {
    queues,
    connection,
    start(bot: Bot) {
      const worker = notifyWorker(bot, { connection, pace: testPace, log });
      close.push(() => worker.close(true));
      return worker;
    },
  };
}

/** A bot that pauses the first time it reaches a step, before or after it, until it is let through. */
function pausingBot(bot: Bot, [name, when]: Step) {
  if (name === "attachChart") return pausing(bot, name, when);
  const { port: notificationLog, ...pause } = pausing(bot.notificationLog, name, when);
  return { port: { ...bot, notificationLog }, ...pause };
}

type Step = readonly ["attachChart" | "entry" | "claim", "before" | "after"];

/** Has a job done by a worker that stands still and loses its lock, and meanwhile by another. */
async function takenOver(step: Step, queue: Awaited<ReturnType<typeof setQueue>>): Promise<void> {
  const { port: bot, reached, letThrough } = pausingBot(stage.bot, step);
  const slow = queue.start(bot);
  await queue.queues.notify([groupKey]);
  await reached;
  const [lock] = await queue.connection.keys(`${QUEUE_PREFIX}:notify:*:lock`);
  await queue.connection.del(lock!);
  const other = queue.start(stage.bot);
  await until(async () => (await stage.bot.outbox.all()).size === 0, "the other worker to say it");
  await other.close();
  letThrough();
  await slow.close();
}

const roots = () => stage.slack.messages(CHANNEL).filter(({ threadTs }) => threadTs === undefined);

test.each<Step>([
  ["attachChart", "before"],
  ["entry", "after"],
  ["claim", "before"],
  ["claim", "after"],
])(
  "a worker that pauses at %s, %s it, does not repeat a post that another made meanwhile",
  async (...step) => {
    const queue = await setQueue();
    await takenOver(step, queue);
    expect(roots()).toHaveLength(1);
    expect(await stage.bot.notificationLog.entry(`${groupKey}@2026-06-16T12`)).toMatchObject({
      state: "sent",
      ts: roots()[0]!.ts,
    });
  },
);

test("a worker that paused does not edit a message back to an old state", async () => {
  const queue = await setQueue();
  const first = queue.start(stage.bot);
  await queue.queues.notify([groupKey]);
  await until(async () => roots().length === 1 && (await stage.bot.outbox.all()).size === 0, "the alert");
  await first.close();
  await acknowledge(incident.id, "Ada", stage.bot);
  const { port: bot, reached, letThrough } = pausing(stage.bot, "attachChart");
  const slow = queue.start(bot);
  await queue.queues.notify([groupKey]);
  await reached;
  const [lock] = await queue.connection.keys(`${QUEUE_PREFIX}:notify:*:lock`);
  await queue.connection.del(lock!);
  // While it stands still with what it read, somebody else acknowledges, and the other worker shows that.
  const { acknowledged: _, ...open } = (await stage.bot.incidents.byId(incident.id))!;
  await stage.bot.incidents.save({ ...open, acknowledged: { by: "Ben", at: stage.now() } });
  const other = queue.start(stage.bot);
  await until(
    () => /Acknowledged by Ben/.test(JSON.stringify(roots()[0]?.blocks)),
    "the other worker to show it",
  );
  await other.close();
  letThrough();
  await slow.close();
  expect(JSON.stringify(roots()[0]?.blocks)).toContain("Acknowledged by Ben");
});
