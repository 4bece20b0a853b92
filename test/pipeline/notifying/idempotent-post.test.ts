import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { connect } from "../../../src/adapters/redis/connection/connection.ts";
import { redisStores } from "../../../src/adapters/redis/stores.ts";
import { slackMessenger } from "../../../src/adapters/slack/client/messenger.ts";
import { createLog } from "../../../src/log.ts";
import type { Context } from "../../../src/pipeline/context.ts";
import { postOnce } from "../../../src/pipeline/notifying/idempotent-post.ts";
import { aContext } from "../../support/context.ts";
import { pausing } from "../../support/pausing.ts";
import { startRedis, type TestRedis } from "../../support/redis.ts";

const CHANNEL = "C0ALERTS1";
const messageId = "ios.drop@2026-06-16T12";
const message = { text: "⬇️ Drop: iOS", blocks: [] };

let redis: TestRedis;
let connection: Redis;
let slack: SlackSimulator;
let context: Context;
let opened = 0;

beforeAll(async () => {
  redis = await startRedis();
  connection = connect(redis.url, createLog("silent"));
});
afterAll(async () => {
  connection.disconnect();
  await redis.stop();
});
beforeEach(async () => {
  slack = await startSlackSimulator({ channels: [{ id: CHANNEL, name: "alerts" }] });
  context = {
    ...aContext(redisStores(connection, { prefix: `post-${opened++}` })),
    messenger: slackMessenger({ token: slack.token, apiUrl: slack.apiUrl }),
  };
});
afterEach(() => slack.close());

const post = (over: Partial<Context> = {}) =>
  postOnce(CHANNEL, message, { messageId }, { ...context, ...over });

const posted = () => slack.messages(CHANNEL).map(({ ts }) => ts);

test("the notification log says that a message is being sent before Slack receives it", async () => {
  const { port: messenger, reached, letThrough } = pausing(context.messenger, "post");
  const posting = post({ messenger });
  await reached;
  expect(posted()).toEqual([]);
  expect(await context.notificationLog.entry(messageId)).toMatchObject({ state: "sending" });
  letThrough();
  const { ts } = await posting;
  expect(await context.notificationLog.entry(messageId)).toEqual({ state: "sent", channel: CHANNEL, ts });
});

test("a message whose worker was killed right after the post is found in Slack and not posted again", async () => {
  const { port: messenger, reached } = pausing(context.messenger, "post", "after");
  void post({ messenger });
  await reached;
  const found = await post();
  expect(posted()).toEqual([found.ts]);
  expect(await context.notificationLog.entry(messageId)).toMatchObject({ state: "sent", ts: found.ts });
});

test("a message whose worker was killed right before the post is posted by the next", async () => {
  const { port: messenger, reached } = pausing(context.messenger, "post");
  void post({ messenger });
  await reached;
  const { ts } = await post();
  expect(posted()).toEqual([ts]);
});

test("of two workers that read the notification log at once, one posts and the other leaves it to the first", async () => {
  const { port: notificationLog, reached, letThrough } = pausing(context.notificationLog, "entry", "after");
  const slow = post({ notificationLog });
  await reached;
  const { ts } = await post();
  letThrough();
  await expect(slow).rejects.toMatchObject({ failure: "taken-over" });
  expect(posted()).toEqual([ts]);
});

test("a message that another process is sending is left to it for as long as the lease says", async () => {
  const { port: messenger, reached, letThrough } = pausing(context.messenger, "post");
  const first = post({ messenger });
  await reached;
  const lease = 30_000;
  const second = (now: number) =>
    postOnce(CHANNEL, message, { messageId, lease }, { ...context, wallClock: () => now });
  await expect(second(Date.now())).rejects.toMatchObject({ failure: "taken-over" });
  expect(posted()).toEqual([]);
  letThrough();
  await first;
  expect(await second(Date.now() + lease)).toEqual(await first);
});

test("a message whose sender was killed is posted by another process when the lease is over", async () => {
  const { port: messenger, reached } = pausing(context.messenger, "post");
  void post({ messenger });
  await reached;
  const over = { ...context, wallClock: () => Date.now() + 30_000 };
  const { ts } = await postOnce(CHANNEL, message, { messageId, lease: 30_000 }, over);
  expect(posted()).toEqual([ts]);
});

test("a message that Slack clearly refused leaves no entry, so that no search precedes the next attempt", async () => {
  slack.refuse(() => "channel_not_found");
  await expect(post()).rejects.toMatchObject({ failure: "slack-destination" });
  expect(await context.notificationLog.entry(messageId)).toBeUndefined();
});
