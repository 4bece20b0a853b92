import { expect, test } from "vitest";
import { askedWait, waitForQuota } from "../../../../src/adapters/braze/answers/retry-after.ts";
import { HOUR, MINUTE, SECOND } from "../../../../src/time/time.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);
const epoch = (instant: number) => String(instant / SECOND);

test.each([
  ["seconds", { "retry-after": "30" }, 30 * SECOND],
  ["a date", { "retry-after": "Tue, 16 Jun 2026 12:21:00 GMT" }, MINUTE],
  ["Braze's own header", { "x-ratelimit-retry-after": "9" }, 9 * SECOND],
  ["the reset of the limit", { "x-ratelimit-reset": epoch(now + 40 * MINUTE) }, 40 * MINUTE],
  ["the first that tells wins", { "retry-after": "5", "x-ratelimit-reset": epoch(now + MINUTE) }, 5 * SECOND],
  ["an empty one is passed over", { "retry-after": "", "x-ratelimit-retry-after": "4" }, 4 * SECOND],
  [
    "a past date is passed over",
    { "retry-after": "Tue, 16 Jun 2026 12:00:00 GMT", "x-ratelimit-retry-after": "4" },
    4 * SECOND,
  ],
  ["zero is passed over", { "retry-after": "0", "x-ratelimit-reset": epoch(now + MINUTE) }, MINUTE],
  ["a negative number is no number", { "retry-after": "-5" }, undefined],
  ["a word is no number", { "retry-after": "soon" }, undefined],
  ["a past reset is none", { "x-ratelimit-reset": epoch(now - SECOND) }, undefined],
  ["an empty reset is none", { "x-ratelimit-reset": "" }, undefined],
  ["the same header twice is none", { "retry-after": ["1", "2"] }, undefined],
  ["none", {}, undefined],
  ["no longer than an hour", { "retry-after": "999999" }, HOUR],
  ["a reset in milliseconds by mistake", { "x-ratelimit-reset": String(now + MINUTE) }, HOUR],
])("%s", (_, headers, wait) => {
  expect(waitForQuota(headers, now)).toBe(wait);
});

test("after other failures, the retry does not wait for the quota to reset", () => {
  expect(askedWait({ "x-ratelimit-reset": epoch(now + MINUTE) }, now)).toBeUndefined();
  expect(askedWait({ "retry-after": "5", "x-ratelimit-reset": epoch(now + MINUTE) }, now)).toBe(5 * SECOND);
});
