import type { ReceiverEvent } from "@slack/bolt";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../../src/adapters/redis/connection/connection.ts";
import { migrate } from "../../../src/adapters/redis/migrate.ts";
import { redisStores } from "../../../src/adapters/redis/stores.ts";
import { slackClient } from "../../../src/adapters/slack/client/client.ts";
import { createLog } from "../../../src/log.ts";
import type { Stores } from "../../../src/pipeline/ports/stores.ts";
import { deduplicating } from "../../../workers/slack/receiving/deduplicator.ts";
import { anIncident, noon } from "../../support/builders.ts";
import { type LossyRedis, lossyRedis } from "../../support/lossy-redis.ts";
import { startRedis, type TestRedis } from "../../support/redis.ts";

let server: TestRedis;
let way: LossyRedis;
let connection: Redis;
let stores: Stores;
const log = createLog("debug", { write: () => {} });

beforeAll(async () => {
  server = await startRedis();
  way = await lossyRedis(server.url);
  connection = connect(way.url, log);
  stores = redisStores(connection);
});
afterAll(async () => {
  connection.disconnect();
  way.close();
  await server.stop();
});

const anAlertGroup = { id: "room@1", groupKey: "room", openedAt: noon, members: [], version: 0 };
const aFailure = { failure: "braze-wrong-key", message: "no", advice: "look", since: noon } as const;

describe("a writer that wins but loses the reply learns that it won", () => {
  const decisions: [string, string, (own: Stores) => Promise<unknown>][] = [
    ["a delivery", ":seen", ({ seen }) => seen.isFirst("click 1", 60_000)],
    ["an incident", ":incident:", ({ incidents }) => incidents.save(anIncident())],
    ["an alert group", ":alert-group:", ({ alertGroups }) => alertGroups.save(anAlertGroup)],
    [
      "the usage of an alert limit",
      ":limit-usage",
      ({ limitUsages }) => limitUsages.save({ id: "C1", counted: [], version: 0 }),
    ],
    [
      "an overflow summary",
      ":overflow:",
      ({ overflows }) =>
        overflows.save({ id: "C1.overflow@1", channel: "C1", since: noon, entries: [], version: 0 }),
    ],
    ["a failure", ":failures", ({ failures }) => failures.raise("main", aFailure)],
  ];

  test.each(decisions)("%s", async (_, word, write) => {
    const lostBefore = way.lost();
    way.loseReplyTo(word);
    expect(await write(stores)).toBeTruthy();
    expect(way.lost()).toBe(lostBefore + 1);
    // Whoever comes second is told so.
    expect(await write(redisStores(connection))).toBeFalsy();
  });
});

/** Says nothing here: nothing goes wrong that somebody would have to be told. */
const client = slackClient({ token: "xoxb-unused" });

test("a command runs exactly once when the reply to its duplicate check is lost", async () => {
  const done: string[] = [];
  const deduplicator = deduplicating(
    { processEvent: async ({ body }) => void done.push((body as { text: string }).text) },
    { seen: stores.seen, client, log },
  );
  const delivery: ReceiverEvent = {
    body: { command: "/tidewatch", text: "mute ios 4h", trigger_id: "1.2.3" },
    ack: async () => {},
  };
  way.loseReplyTo(":seen");
  await deduplicator.processEvent(delivery);
  await deduplicator.processEvent(delivery);
  expect(done).toEqual(["mute ios 4h"]);
});

test("a command runs even when Redis refuses to record it", async () => {
  const done: string[] = [];
  const refusing = { isFirst: () => Promise.reject(new Error("MISCONF Redis cannot write to disk")) };
  const app = {
    processEvent: async ({ body }: ReceiverEvent) => void done.push((body as { text: string }).text),
  };
  const event = { body: { command: "/tidewatch", text: "ack 1", trigger_id: "4.5.6" }, ack: async () => {} };
  await deduplicating(app, { seen: refusing, client, log }).processEvent(event);
  expect(done).toEqual(["ack 1"]);
});

test("a migration starts at once when the reply to its claim is lost", async () => {
  const steps = [{ what: "nothing", run: async () => {} }];
  way.loseReplyTo(":migrating");
  const reported: string[] = [];
  const begun = performance.now();
  await migrate(connection, {
    prefix: "migrated",
    steps,
    lockFor: 600_000,
    report: (line) => reported.push(line),
  });
  expect(reported).toEqual(["migrating what is stored to version 2: nothing"]);
  expect(performance.now() - begun).toBeLessThan(300_000);
});
