import { type Job, Queue } from "bullmq";
import { afterEach, expect, test } from "vitest";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { PermanentError, TransientError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { HOUR } from "../../src/time/time.ts";
import { openQueues, QUEUE_PREFIX } from "../../workers/queues.ts";
import { runWorker } from "../../workers/runner.ts";
import { startRedis, type TestRedis } from "../support/redis.ts";
import { testPace } from "../support/stage.ts";
import { until } from "../support/until.ts";

let redis: TestRedis;
let close: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of close.reverse()) await each();
  close = [];
  await redis.stop();
});

/** A worker whose jobs for one group key are delayed by this many milliseconds the first time. */
async function refusedOnce(retryAfter: number) {
  redis = await startRedis();
  const log = createLog("silent");
  const connection = connect(redis.url, log);
  const queues = openQueues(connection, log, { workspaces: ["main"], groupWait: 0 });
  const attempts: number[] = [];
  const lastNotified: string[] = [];
  const worker = runWorker("notify", { connection, pace: testPace, log }, async ({ groupKey }, job) => {
    if (groupKey === "refused") attempts.push((job as Job).attemptsMade);
    if (groupKey === "refused" && attempts.length === 1)
      throw new TransientError("Slack lets us wait", { failure: "slack-rate-limit", advice: "", retryAfter });
    lastNotified.push(groupKey);
    return {};
  });
  close.push(
    async () => connection.disconnect(),
    () => queues.close(),
    () => worker.close(true),
  );
  await queues.notify(["refused"]);
  return { attempts, lastNotified, queues, connection };
}

test.each([0, -5, 12.5])(
  "a wait of %d ms delays the job and does not count as an attempt",
  async (retryAfter) => {
    const { attempts } = await refusedOnce(retryAfter);
    await until(() => attempts.length === 2, "the second attempt");
    expect(attempts).toEqual([0, 0]);
  },
);

test("a job that waits for days wakes at least hourly, and its queue continues", async () => {
  const { connection, queues, lastNotified } = await refusedOnce(90 * 24 * HOUR);
  const queue = new Queue("notify", { connection, prefix: QUEUE_PREFIX });
  close.push(() => queue.close());
  await until(async () => (await queue.getDelayedCount()) === 1, "the job to wait");
  const [job] = await queue.getDelayed();
  expect(job!.delay).toBeLessThanOrEqual(HOUR);
  await queues.notify(["refused", "another"]);
  await until(() => lastNotified.includes("another"), "the other to be told");
  expect(lastNotified).toEqual(["another"]);
  expect(await queue.getRateLimitTtl()).toBeLessThanOrEqual(0);
});

test.each(["evaluate", "notify", "announce"] as const)(
  "a job for %s that is added while another runs on the same thing runs after it",
  async (name) => {
    redis = await startRedis();
    const log = createLog("silent");
    const connection = connect(redis.url, log);
    const queues = openQueues(connection, log, { workspaces: ["main"], groupWait: 0 });
    const running = Promise.withResolvers<void>();
    let begun = 0;
    const worker = runWorker(name, { connection, pace: testPace, log }, async () => {
      begun++;
      if (begun === 1) await running.promise;
      return {};
    });
    close.push(
      async () => connection.disconnect(),
      () => queues.close(),
      () => worker.close(true),
    );
    await queues[name](["ios"]);
    await until(() => begun === 1, "the first job to begin");
    for (let i = 0; i < 3; i++) await queues[name](["ios"]);
    running.resolve();
    await until(() => begun === 2, "the second job to begin");
    await until(async () => (await queues.depths())[name].completed === 2, "both to be done");
    expect((await queues.depths())[name]).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
  },
);

test("a job that waits for more runs at once when somebody awaits its result", async () => {
  redis = await startRedis();
  const log = createLog("silent");
  const connection = connect(redis.url, log);
  const queues = openQueues(connection, log, { workspaces: ["main"], groupWait: HOUR });
  let done = 0;
  const worker = runWorker("notify", { connection, pace: testPace, log }, async () => ({ done: ++done }));
  close.push(
    async () => connection.disconnect(),
    () => queues.close(),
    () => worker.close(true),
  );
  await queues.notify(["room"]);
  await queues.notifyNow(["room"]);
  await until(() => done === 1, "the job to be done");
  expect((await queues.depths()).notify).toMatchObject({ delayed: 0 });
});

test("a job whose worker dies again and again is still done, because a death is not the job's failure", async () => {
  redis = await startRedis();
  const log = createLog("silent");
  const connection = connect(redis.url, log);
  const queues = openQueues(connection, log, { workspaces: ["main"], groupWait: 0 });
  close.push(
    async () => connection.disconnect(),
    () => queues.close(),
  );
  const pace = { ...testPace, lock: 50 };
  await queues.evaluate(["ios"]);
  for (let death = 1; death <= 3; death++) {
    const begun = Promise.withResolvers<void>();
    const dying = runWorker("evaluate", { connection, pace, log }, () => {
      begun.resolve();
      return new Promise(() => {});
    });
    await begun.promise;
    await dying.close(true);
  }
  const done: string[] = [];
  const worker = runWorker("evaluate", { connection, pace, log }, async ({ seriesId }) => {
    done.push(seriesId);
    return {};
  });
  close.push(() => worker.close(true));
  await until(async () => (await queues.depths()).evaluate.completed === 1, "the job to be done");
  expect(done).toEqual(["ios"]);
});

test("Redis keeps the last 100 completed and 1,000 failed jobs of a queue, and no more", async () => {
  redis = await startRedis();
  const log = createLog("silent");
  const connection = connect(redis.url, log);
  const queues = openQueues(connection, log, { workspaces: ["main"], groupWait: 0 });
  const runtime = { connection, pace: testPace, log };
  const worker = runWorker(
    "evaluate",
    runtime,
    async ({ seriesId }) => {
      if (seriesId.startsWith("bad"))
        throw new PermanentError("no", { failure: "braze-unknown-id", advice: "" });
      return {};
    },
    { concurrency: 50 },
  );
  close.push(
    async () => connection.disconnect(),
    () => queues.close(),
    () => worker.close(true),
  );
  const good = Array.from({ length: 150 }, (_, i) => `good-${i}`);
  const bad = Array.from({ length: 1_050 }, (_, i) => `bad-${i}`);
  await queues.evaluate([...good, ...bad]);
  await until(async () => {
    const { completed, failed } = (await queues.outcomes()).evaluate;
    return completed === good.length && failed === bad.length;
  }, "all jobs to end");
  expect((await queues.depths()).evaluate).toMatchObject({ completed: 100, failed: 1_000, waiting: 0 });
});
