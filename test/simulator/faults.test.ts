import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Simulator, startBrazeSimulator } from "../../simulator/braze/server.ts";
import { HOUR } from "../../src/time/time.ts";
import { ask, SERIES } from "./ask.ts";

const start = Date.UTC(2026, 5, 16, 12);
let now = start;
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startBrazeSimulator({
    apps: ["ios", "web"].map((id) => ({ id, counts: () => 100 })),
    clock: () => now,
  });
});
beforeEach(() => {
  simulator.control.heal();
  now = start;
});
afterAll(() => simulator.close());

const statusOf = async (app = "ios") => (await ask(simulator, SERIES, { length: 3, app_id: app })).status;

test("a fault affects a number of next requests", async () => {
  simulator.control.fail({ kind: "server-error", times: 2 });
  expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([500, 500, 200]);
});

test("a fault affects a range of simulated time", async () => {
  simulator.control.fail({ kind: "bad-gateway", from: start + HOUR, until: start + 2 * HOUR });
  const statuses: number[] = [];
  for (const hours of [0, 1, 2]) {
    now = start + hours * HOUR;
    statuses.push(await statusOf());
  }
  expect(statuses).toEqual([200, 502, 200]);
});

test("a fault affects one series", async () => {
  simulator.control.fail({ kind: "no-permission", series: { app: "ios" } });
  expect([await statusOf("ios"), await statusOf("web")]).toEqual([403, 200]);
});

test("a fault lasts until it is removed", async () => {
  const lift = simulator.control.fail({ kind: "queued" });
  expect(await statusOf()).toBe(202);
  lift();
  expect(await statusOf()).toBe(200);
});

test("a 429 has the usual headers, different ones, or none", async () => {
  const headersOf = async () => (await ask(simulator, SERIES, { length: 1 })).headers;
  simulator.control.fail({ kind: "rate-limited", times: 1 });
  expect((await headersOf()).get("x-ratelimit-reset")).toBe(String((start + HOUR) / 1_000));
  simulator.control.fail({ kind: "rate-limited", times: 1, headers: { "retry-after": "5" } });
  expect((await headersOf()).get("retry-after")).toBe("5");
  simulator.control.fail({ kind: "rate-limited", times: 1, headers: {} });
  expect((await headersOf()).get("x-ratelimit-reset")).toBeNull();
});

test("truncated JSON is a complete response with incomplete JSON", async () => {
  simulator.control.fail({ kind: "truncated" });
  const { status, text, json } = await ask(simulator, SERIES, { length: 3 });
  expect([status, json]).toEqual([200, undefined]);
  expect(text).toMatch(/^\{"message":"success"/);
});

test.each(["reset", "cut-off"] as const)("%s breaks the connection", async (kind) => {
  simulator.control.fail({ kind, times: 1 });
  await expect(ask(simulator, SERIES, { length: 3 })).rejects.toThrow();
  expect(simulator.control.seen().at(-1)).not.toHaveProperty("status");
  expect(await statusOf()).toBe(200);
});

test("the server closes while a request is stalled", async () => {
  const other = await startBrazeSimulator({ apps: [{ id: "ios", counts: () => 1 }] });
  other.control.fail({ kind: "stall" });
  const stalled = ask(other, SERIES, { length: 1 }).catch(() => "closed");
  while (other.control.requests() === 0) await new Promise(setImmediate);
  await other.close();
  expect(await stalled).toBe("closed");
});

test("an invalid address gives a 404, and the server continues", async () => {
  const { port } = new URL(simulator.url);
  const asked = request({ host: "127.0.0.1", port, path: "//" }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(404);
  expect(await statusOf()).toBe(200);
});
