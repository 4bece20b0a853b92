import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { urlHeartbeat } from "../../../src/adapters/heartbeat/heartbeat.ts";
import { MINUTE } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";

let server: Server;
let status = 200;
let calls: (string | undefined)[] = [];
let now = noon;

beforeEach(async () => {
  status = 200;
  calls = [];
  now = noon;
  server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.writeHead(status).end("OK");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterEach(() => new Promise((closed) => server.close(closed)));

const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

test("the heartbeat is called at most once a minute", async () => {
  const sendHeartbeat = urlHeartbeat({ url: urlOf("/ping/secret-token"), clock: () => now });
  expect(await sendHeartbeat()).toEqual({});
  expect(await sendHeartbeat()).toBeUndefined();
  now += MINUTE;
  expect(await sendHeartbeat()).toEqual({});
  expect(calls).toEqual(["GET /ping/secret-token", "GET /ping/secret-token"]);
});

test("a tick that comes slightly early still calls the heartbeat", async () => {
  const sendHeartbeat = urlHeartbeat({ url: urlOf("/ping/secret-token"), clock: () => now });
  await sendHeartbeat();
  now += MINUTE - 40;
  expect(await sendHeartbeat()).toEqual({});
});

test.each([404, 500, 302])("a heartbeat that answers %i counts as failed", async (answer) => {
  status = answer;
  const sendHeartbeat = urlHeartbeat({ url: urlOf("/ping/secret-token"), clock: () => now });
  expect(await sendHeartbeat()).toEqual({ failed: `HTTP ${answer}` });
});

test("the error for an unreachable heartbeat does not show its address", async () => {
  const url = urlOf("/ping/secret-token");
  await new Promise((closed) => server.close(closed));
  const { failed } = (await urlHeartbeat({ url, clock: () => now })())!;
  expect(failed).toMatch(/ECONNREFUSED/);
  expect(failed).not.toContain("secret-token");
});
