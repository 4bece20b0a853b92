import { expect, test } from "vitest";
import { brazeQuota } from "../../../src/adapters/braze/quota.ts";
import { HOUR, MINUTE, SECOND } from "../../../src/core/time.ts";
import { ios, openWorld, rejection } from "./world.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);
const top = Date.UTC(2026, 5, 16, 13);
const hour = Date.UTC(2026, 5, 16, 11);

test("the reserve is left to production, until the quota is reset", async () => {
  const world = await openWorld(now, { requestsPerHour: 100 });
  const source = world.client();
  const read = () => source.sessions(ios, hour, hour);

  world.control.spend(79);
  await read();
  expect(world.control.requests()).toBe(1);
  // 20 of 100 are left: not below the reserve yet.
  await read();
  const error = await rejection(read());
  expect(error).toMatchObject({
    name: "TransientError",
    trouble: "braze-quota-reserve",
    retryAfter: 40 * MINUTE,
    message: expect.stringMatching(/19 of the workspace's 100 requests an hour are left/),
  });
  expect(world.control.requests()).toBe(2);

  world.setTime(top);
  expect(await read()).toHaveLength(1);
  await world.close();
});

test("no reserve, no refusal", async () => {
  const world = await openWorld(now, { requestsPerHour: 2 });
  const source = world.client({ quotaReserve: 0 });
  await source.sessions(ios, hour, hour);
  await source.sessions(ios, hour, hour);
  expect(await rejection(source.sessions(ios, hour, hour))).toMatchObject({
    trouble: "braze-rate-limit",
    retryAfter: 40 * MINUTE,
  });
  await world.close();
});

const headers = (remaining: number | string, reset: number | string = top / SECOND) => ({
  "x-ratelimit-limit": "100",
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(reset),
});

test.each([
  [
    "empty headers, as on a 401",
    { "x-ratelimit-limit": "", "x-ratelimit-remaining": "", "x-ratelimit-reset": "" },
  ],
  ["no headers", {}],
  ["a limit of zero", { ...headers(0), "x-ratelimit-limit": "0" }],
])("%s teach nothing", (_, none) => {
  const quota = brazeQuota(0.2);
  quota.learn(none, now);
  expect(() => quota.check(now)).not.toThrow();
});

test("an answer that was overtaken does not give back what is used up", () => {
  const quota = brazeQuota(0.2);
  quota.learn(headers(10), now);
  quota.learn(headers(30), now);
  expect(() => quota.check(now)).toThrow(/10 of/);
});

test.each([
  ["without a reset", ""],
  ["with a past reset", (now - HOUR) / SECOND],
  ["with a reset years away", (now + 9_000 * HOUR) / SECOND],
])("%s the quota comes back on the clock hour", (_, reset) => {
  const quota = brazeQuota(0.2);
  quota.learn(headers(1, reset), now);
  expect(() => quota.check(top - 1)).toThrow();
  expect(() => quota.check(top)).not.toThrow();
});
