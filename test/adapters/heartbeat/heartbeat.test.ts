import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { urlHeartbeat } from "../../../src/adapters/heartbeat/heartbeat.ts";
import { MINUTE } from "../../../src/time/time.ts";
import { noon } from "../../builders.ts";

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

test("it is called once a minute at most", async () => {
  const sendHeartbeat = urlHeartbeat({ url: urlOf("/ping/secret-token"), clock: () => now });
  expect(await sendHeartbeat()).toEqual({});
  expect(await sendHeartbeat()).toBeUndefined();
  now += MINUTE;
  expect(await sendHeartbeat()).toEqual({});
  expect(calls).toEqual(["GET /ping/secret-token", "GET /ping/secret-token"]);
});

test("a tick that comes a little early is not left out", async () => {
  const sendHeartbeat = urlHeartbeat({ url: urlOf("/ping/secret-token"), clock: () => now });
  await sendHeartbeat();
  now += MINUTE - 40;
  expect(await sendHeartbeat()).toEqual({});
});

test.each([404, 500, 302])("an answer of %i is a failure", async (answer) => {
  status = answer;
  const sendHeartbeat = urlHeartbeat({ url: urlOf("/ping/secret-token"), clock: () => now });
  expect(await sendHeartbeat()).toEqual({ failed: `HTTP ${answer}` });
});

test("nobody there is a failure that does not tell the address", async () => {
  const url = urlOf("/ping/secret-token");
  await new Promise((closed) => server.close(closed));
  const { failed } = (await urlHeartbeat({ url, clock: () => now })())!;
  expect(failed).toMatch(/ECONNREFUSED/);
  expect(failed).not.toContain("secret-token");
});
