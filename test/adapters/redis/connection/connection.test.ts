import { once } from "node:events";
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../../../../src/adapters/redis/connection/connection.ts";
import { createLog } from "../../../../src/log.ts";
import { startRedis, type TestRedis } from "../../../support/redis.ts";
import { until } from "../../../support/until.ts";

let server: TestRedis;
let lines: string[];
const log = createLog("debug", { write: (line) => lines.push(line) });
const events = () => lines.map((line) => JSON.parse(line).event);

beforeEach(async () => {
  lines = [];
  server = await startRedis();
});
afterEach(() => server.stop());

test("the log says once that Redis is lost and once that it is back, and a command waits for it", async () => {
  const redis = connect(server.url, log);
  await redis.set("a", 1);
  await server.kill();
  await until(() => events().length > 0, "the loss to be said");
  const waiting = redis.get("a");
  let attempts = 0;
  redis.on("reconnecting", () => attempts++);
  await until(() => attempts > 2, "a few attempts");
  await server.revive();
  expect(await waiting).toBe("1");
  expect(events()).toEqual(["redis.unreachable", "redis.back"]);
  redis.disconnect();
});

test.each([
  ["one Redis", (url: string) => url],
  ["a cluster", (url: string) => url.replace("redis://", "redis+cluster://")],
])(
  "a connection to %s that is closed between two attempts says so and rejects waiting commands",
  async (_, change) => {
    await server.kill();
    // As BullMQ does, with a copy.
    const first = connect(change(server.url), log);
    const redis = first.duplicate();
    redis.on("error", () => {});
    await until(() => redis.status === "reconnecting", "a pause between two attempts");
    const waiting = redis.ping();
    const ended = once(redis, "end");
    redis.disconnect();
    await expect(waiting).rejects.toThrow(/closed|None of startup nodes/);
    await ended;
    first.disconnect();
  },
);

test("a connection that stops answering is replaced by a new one", async () => {
  const { hostname, port } = new URL(server.url);
  const ends: Socket[] = [];
  // As where a cable is cut or a firewall forgets: nobody hears that the connection is gone.
  const way = createServer((near) => {
    const far = createConnection({ host: hostname, port: Number(port) });
    ends.push(
      near.on("error", () => {}),
      far.on("error", () => {}),
    );
    near.pipe(far).pipe(near);
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  const url = server.url.replace(port, String((way.address() as AddressInfo).port));
  const redis = connect(url, log, { silence: 200 });
  await redis.set("a", 1);

  for (const end of ends) end.unpipe().pause();
  expect(await redis.get("a")).toBe("1");
  expect(events()).toEqual(["redis.unreachable", "redis.back"]);
  redis.disconnect();
  for (const end of ends) end.destroy();
  way.close();
});

test("closing the connection on purpose is not logged as a loss", async () => {
  const redis = connect(server.url, log);
  await redis.ping();
  await redis.quit();
  expect(lines).toEqual([]);
});

test.each([
  ["a wrong password", (url: string) => url.replace(/:[^:@]+@/, ":wr0ng-secret@"), /password in REDIS_URL/],
  ["no password", (url: string) => url.replace(/\/\/.*@/, "//"), /password in REDIS_URL/],
  ["an unknown host", () => "redis://:wr0ng-secret@no-such-host.invalid:1", /host's name in REDIS_URL/],
  ["a port where nothing listens", () => "redis://:wr0ng-secret@127.0.0.1:1", /Check that Redis runs/],
])("with %s the error says what to do and hides the password", async (_, change, advice) => {
  const redis = connect(change(server.url), log);
  redis.ping().catch(() => {});
  await until(() => lines.length > 0, "the failure to be said");
  expect(JSON.parse(lines[0]!)).toMatchObject({
    event: "redis.unreachable",
    advice: expect.stringMatching(advice),
  });
  expect(lines.join()).not.toMatch(/wr0ng/);
  expect(lines.join()).not.toContain(new URL(server.url).password);
  redis.disconnect();
});
