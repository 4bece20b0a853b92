import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { redisStores } from "../../../src/adapters/redis/stores.ts";
import { slackClient } from "../../../src/adapters/slack/client/client.ts";
import { createLog } from "../../../src/log.ts";
import { type Deduplicator, deduplicating } from "../../../workers/slack/receiving/deduplicator.ts";
import { startRedis, type TestRedis } from "../../support/redis.ts";

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

/** Two workers that share a Redis, and how often one of them acted. */
let workers: Deduplicator[];
let acted = 0;
let opened = 0;
beforeEach(() => {
  acted = 0;
  const prefix = `press-${opened++}`;
  workers = [0, 1].map(() => {
    const { seen } = redisStores(redis, { prefix });
    const processEvent = async () => void acted++;
    return deduplicating(
      { processEvent },
      { seen, client: slackClient({ token: "xoxb-unused" }), log: createLog("silent") },
    );
  });
});

/** The first press of a button below a message, and what differs in the second. */
const press = {
  type: "block_actions",
  user: { id: "U1" },
  container: { message_ts: "1.2" },
  actions: [{ type: "button", action_id: "incident.acknowledge", value: "ios", action_ts: "10.1" }],
};
const [action] = press.actions;
const again = { ...action, action_ts: "10.9" };

const pressed = (body: object, worker = 0) => workers[worker]!.processEvent({ body, ack: async () => {} });

const inView = (view: object, one: object) => ({
  type: press.type,
  user: press.user,
  container: { type: "view" },
  view,
  actions: [one],
});

describe("a button that is pressed a second time within two seconds", () => {
  test.each([
    ["in a message", press, { ...press, actions: [again] }],
    ["in a view", inView({ id: "V1", hash: "1" }, action!), inView({ id: "V1", hash: "1" }, again)],
  ])("%s acts once, whichever worker receives each press", async (_, first, second) => {
    await Promise.all([pressed(first), pressed(second, 1)]);
    await pressed(second, 1);
    expect(acted).toBe(1);
  });

  test.each<[string, object, object]>([
    ["by somebody else", press, { ...press, user: { id: "U2" }, actions: [again] }],
    ["below another message", press, { ...press, container: { message_ts: "3.4" }, actions: [again] }],
    ["with another value", press, { ...press, actions: [{ ...again, value: "web" }] }],
    ["with another action", press, { ...press, actions: [{ ...again, action_id: "incident.why" }] }],
    [
      "in a view that was updated",
      inView({ id: "V1", hash: "1" }, action!),
      inView({ id: "V1", hash: "2" }, again),
    ],
  ])("%s acts again", async (_, first, second) => {
    await pressed(first);
    await pressed(second);
    expect(acted).toBe(2);
  });

  test("acts again when the two seconds are over", async () => {
    await pressed(press);
    const keys = await redis.keys(`*press-${opened - 1}*`);
    const lives = await Promise.all(keys.map(async (key) => ({ key, life: await redis.pttl(key) })));
    const brief = lives.filter(({ life }) => life > 0 && life <= 2_000);
    expect(brief).toHaveLength(1);
    await redis.del(brief[0]!.key);
    await pressed({ ...press, actions: [again] });
    expect(acted).toBe(2);
  });
});

test("a choice from a menu may be made twice in a row, as it may be corrected", async () => {
  const choice = { ...press, actions: [{ ...action, type: "static_select" }] };
  await pressed(choice);
  await pressed({ ...choice, actions: [{ ...choice.actions[0], action_ts: "10.9" }] });
  expect(acted).toBe(2);
});
