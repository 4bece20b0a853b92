import { mkdirSync, rmSync } from "node:fs";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { openWriteProbe } from "../../../src/adapters/redis/connection/write-probe.ts";
import { slackMessenger } from "../../../src/adapters/slack/client/messenger.ts";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import { createLog } from "../../../src/log.ts";
import { opsAlarm } from "../../../src/pipeline/health/ops-alarm.ts";
import { checkWrites, type WriteCheck } from "../../../workers/checks/write-check.ts";
import { startRedis, type TestRedis } from "../../support/redis.ts";
import { until } from "../../support/until.ts";

const OPS = "C0OPS0001";

let redis: TestRedis;
let admin: Redis;
let slack: SlackSimulator;
let lines: string[];
let checks: WriteCheck[];
beforeEach(async () => {
  redis = await startRedis();
  admin = new Redis(redis.url);
  admin.on("error", () => {});
  slack = await startSlackSimulator({ channels: [{ id: OPS, name: "ops" }], clock: Date.now });
  lines = [];
  checks = [];
});
afterEach(async () => {
  await Promise.all(checks.map((check) => check.stop()));
  admin.disconnect();
  await slack.close();
  await redis.stop();
});

/** A process that looks whether Redis takes writes, hurried. */
function start(grace = 100): WriteCheck {
  const messenger = slackMessenger({ token: slack.token, apiUrl: slack.apiUrl });
  const check = checkWrites({
    probe: openWriteProbe(redis.url, { within: 300 }),
    log: createLog("info", { write: (line) => lines.push(line) }),
    alarm: opsAlarm({ messenger, renderer: slackRenderer("UTC"), channel: OPS, wallClock: Date.now }),
    every: 20,
    grace,
  });
  checks.push(check);
  return check;
}

const lastNotified = () => slack.messages(OPS).map(({ text }) => text);
const logged = (event: string) => lines.filter((line) => line.includes(`"event":"${event}"`));

/** Where its snapshot would be written lies a folder. */
async function blockDisk(): Promise<string> {
  const [, folder] = (await admin.config("GET", "dir")) as string[];
  mkdirSync(`${folder}/dump.rdb/x`, { recursive: true });
  await admin.config("SET", "save", "1 1");
  await admin.bgsave().catch(() => {});
  await until(
    async () => (await admin.info("persistence")).includes("rdb_last_bgsave_status:err"),
    "a snapshot to fail",
  );
  return `${folder}/dump.rdb`;
}

test.each<[string, string, () => Promise<() => Promise<unknown>>]>([
  [
    "cannot write to its disk",
    "MISCONF",
    async () => {
      const blocked = await blockDisk();
      return async () => {
        rmSync(blocked, { recursive: true });
        await admin.config("SET", "stop-writes-on-bgsave-error", "no");
      };
    },
  ],
  [
    "has no memory left",
    "OOM",
    async () => {
      await admin.config("SET", "maxmemory", "1");
      return () => admin.config("SET", "maxmemory", "0");
    },
  ],
  [
    "is a replica",
    "READONLY",
    async () => {
      await admin.call("REPLICAOF", "127.0.0.1", "1");
      return () => admin.call("REPLICAOF", "NO", "ONE");
    },
  ],
  [
    "misses its replicas",
    "NOREPLICAS",
    async () => {
      await admin.config("SET", "min-replicas-to-write", "1");
      return () => admin.config("SET", "min-replicas-to-write", "0");
    },
  ],
  [
    "lets its user only read",
    "NOPERM",
    async () => {
      await admin.call("ACL", "SETUSER", "default", "-@write");
      return () => admin.call("ACL", "SETUSER", "default", "+@write");
    },
  ],
  [
    "hangs",
    "SILENT",
    async () => {
      await admin.call("CLIENT", "PAUSE", "2000", "ALL");
      return () => admin.ping();
    },
  ],
  [
    "is gone",
    "SILENT",
    async () => {
      await redis.kill();
      return () => redis.revive();
    },
  ],
])(
  "when Redis %s, the log and the ops channel say so once, and say once that it is over",
  async (_, code, harm) => {
    const check = start();
    await check.untilTaken();
    expect(lastNotified()).toEqual([]);

    const mend = await harm();
    await until(() => check.refusal()?.code === code, `the refusal ${code}`);
    await until(() => lastNotified().length > 0, "the ops channel to be told");
    expect(logged("redis.refuses-writes")).toHaveLength(1);
    expect(logged("redis.refuses-writes")[0]).toContain('"advice":"');

    await mend();
    await until(() => check.refusal() === undefined, "the probe to be taken");
    await until(
      () => /^✅ Resolved after .*: Redis does not accept writes/.test(lastNotified()[0]!),
      "the end to be told",
    );
    expect(logged("redis.takes-writes")).toHaveLength(1);
    expect(slack.messages(OPS).filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1);
  },
);

test("processes that restart while Redis refuses writes repeat nothing, and the last one reports the end", async () => {
  await admin.config("SET", "min-replicas-to-write", "1");
  await start().stop();
  expect(lastNotified()).toEqual([]);
  const first = start();
  await until(() => lastNotified().length > 0, "the ops channel to be told");
  await first.stop();
  for (let i = 0; i < 3; i++) {
    const again = start(0);
    await until(() => again.refusal() !== undefined, "the refusal");
    await again.stop();
  }
  expect(lastNotified()).toHaveLength(1);

  await admin.config("SET", "min-replicas-to-write", "0");
  start();
  await until(() => lastNotified()[0]!.startsWith("✅ Resolved"), "the end to be told");

  await admin.config("SET", "min-replicas-to-write", "1");
  await until(
    () => lastNotified().filter((text) => text.startsWith("🔴")).length > 0,
    "the next time to be told anew",
  );
});

test("a refusal that passes within its grace is only logged", async () => {
  const check = start(60_000);
  await admin.config("SET", "min-replicas-to-write", "1");
  await until(() => check.refusal() !== undefined, "the refusal");
  await admin.config("SET", "min-replicas-to-write", "0");
  await until(() => logged("redis.takes-writes").length === 1, "its end");
  expect(lastNotified()).toEqual([]);
});
