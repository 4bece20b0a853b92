import { expect, test } from "vitest";
import { brazeQuota } from "../../../src/adapters/braze/quota.ts";
import { brazeSegments } from "../../../src/adapters/braze/segments.ts";
import { HOUR, MINUTE, SECOND } from "../../../src/time/time.ts";
import { ios, openWorld, rejection } from "./world.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);
const top = Date.UTC(2026, 5, 16, 13);
const hour = Date.UTC(2026, 5, 16, 11);

test("backfills leave the quota reserve to live reading until the quota resets", async () => {
  const world = await openWorld(now, { requestsPerHour: 100 });
  const source = world.client();
  const read = () => source.points(ios, hour, hour);

  world.control.spend(79);
  await read();
  expect(world.control.requests()).toBe(1);
  // 20 of 100 are left: not below the reserve yet.
  await read();
  const error = await rejection(read());
  expect(error).toMatchObject({
    name: "TransientError",
    failure: "braze-quota-reserve",
    retryAfter: 40 * MINUTE,
    message: expect.stringMatching(/19 of the workspace's 100 requests an hour are left/),
  });
  expect(world.control.requests()).toBe(2);

  world.setTime(top);
  expect(await read()).toHaveLength(1);
  await world.close();
});

test("without a reserve nothing is refused", async () => {
  const world = await openWorld(now, { requestsPerHour: 2 });
  const source = world.client({ quotaReserve: 0 });
  await source.points(ios, hour, hour);
  await source.points(ios, hour, hour);
  expect(await rejection(source.points(ios, hour, hour))).toMatchObject({
    failure: "braze-rate-limit",
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
])("%s do not change the quota", (_, none) => {
  const quota = brazeQuota(0.2);
  quota.learn("default", none, now);
  expect(() => quota.check("default", now)).not.toThrow();
});

test("a response that arrives out of order does not return quota that is already used", () => {
  const quota = brazeQuota(0.2);
  quota.learn("default", headers(10), now);
  quota.learn("default", headers(30), now);
  expect(() => quota.check("default", now)).toThrow(/10 of/);
});

test.each([
  ["without a reset", ""],
  ["with a past reset", (now - HOUR) / SECOND],
  ["with a reset years away", (now + 9_000 * HOUR) / SECOND],
])("%s the quota comes back on the clock hour", (_, reset) => {
  const quota = brazeQuota(0.2);
  quota.learn("default", headers(1, reset), now);
  expect(() => quota.check("default", top - 1)).toThrow();
  expect(() => quota.check("default", top)).not.toThrow();
});

test("a reset time that is not on the hour is accepted, even in the next clock hour", () => {
  const quota = brazeQuota(0.2);
  const reset = top + 5 * MINUTE;
  quota.learn("default", headers(1, reset / SECOND), now);
  expect(() => quota.check("default", top)).toThrow(/1 of/);
  expect(() => quota.check("default", reset)).not.toThrow();
});

test("a response that was in flight when the quota reset does not change the new quota", () => {
  const quota = brazeQuota(0.2);
  quota.learn("default", headers(1), top + 10 * SECOND);
  expect(() => quota.check("default", top + 11 * SECOND)).not.toThrow();
});

test("the quota for segment lists does not limit the reading of sessions", async () => {
  const world = await openWorld(now, { requestsPerHour: 100 });
  const quota = brazeQuota(0.2);
  quota.learn("segments", headers(0), now);
  const source = world.client({ quota });
  expect(await source.points(ios, hour, hour)).toHaveLength(1);
  await expect(brazeSegments(world.clientOptions({ quota }))()).rejects.toMatchObject({
    failure: "braze-quota-reserve",
  });
  await world.close();
});
