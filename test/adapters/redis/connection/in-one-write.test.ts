import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial, type Server } from "node:net";
import type { Redis } from "ioredis";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../../../../src/adapters/redis/connection/connection.ts";
import { createLog } from "../../../../src/log.ts";
import { startRedis, type TestRedis } from "../../../support/redis.ts";

let server: TestRedis;
let way: Server;
let redis: Redis;
/** What arrived on the way to Redis, piece by piece. */
let pieces: string[];
const log = createLog("silent");

beforeEach(async () => {
  server = await startRedis();
  pieces = [];
  const { hostname, port } = new URL(server.url);
  way = createServer((near) => {
    const far = dial(Number(port), hostname);
    near.on("data", (piece) => {
      pieces.push(piece.toString());
      far.write(piece);
    });
    far.on("data", (piece) => near.write(piece));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on("error", () => {}).on("close", () => other.destroy());
  }).listen(0, hostname);
  await once(way, "listening");
  const url = new URL(server.url);
  url.port = String((way.address() as AddressInfo).port);
  redis = connect(url.href, log);
  await redis.ping();
});
afterEach(async () => {
  redis.disconnect();
  way.close();
  await server.stop();
});

const named = (word: string) => pieces.filter((piece) => piece.includes(word)).length;

test("commands that start in one turn of the event loop go to Redis in one write, each with its own answer", async () => {
  const commands = Array.from({ length: 20 }, (_, i) => redis.incrby("count-together", i));
  const [refused] = await Promise.allSettled([redis.lpush("count-together", "x")]);
  expect(await Promise.all(commands)).toEqual(commands.map((_, i) => (i * (i + 1)) / 2));
  expect(refused).toMatchObject({
    status: "rejected",
    reason: { message: expect.stringMatching(/WRONGTYPE/) },
  });
  expect(named("count-together")).toBe(1);
});

test("a command that starts after an answer does not wait for others", async () => {
  for (let i = 0; i < 3; i++) await redis.incr("count-alone");
  expect(named("count-alone")).toBe(3);
});

test("after a lost connection, commands go to Redis in one write again", async () => {
  const back = once(redis, "ready");
  redis.stream.destroy();
  await back;
  await Promise.all(Array.from({ length: 20 }, () => redis.incr("count-again")));
  expect(named("count-again")).toBe(1);
  expect(await redis.get("count-again")).toBe("20");
});
