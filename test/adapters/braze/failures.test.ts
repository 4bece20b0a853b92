import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Fault } from "../../../simulator/braze/faults.ts";
import { brazeProbe } from "../../../src/adapters/braze/probe.ts";
import { PermanentError, TransientError } from "../../../src/errors.ts";
import { HOUR, MINUTE, SECOND } from "../../../src/time/time.ts";
import { ios, KEY, openWorld, rejection } from "./world.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);
const hour = Date.UTC(2026, 5, 16, 11);
const timeouts = { connect: 2 * SECOND, headers: 300, body: 300, total: 5 * SECOND };

let world: Awaited<ReturnType<typeof openWorld>>;
beforeAll(async () => {
  world = await openWorld(now);
});
afterEach(() => world.control.heal());
afterAll(() => world.close());

const fails = (fault: Fault, over = {}) => {
  world.control.fail(fault);
  return rejection(world.client({ timeouts, ...over }).points(ios, hour, hour));
};

const none = undefined;
const seconds = (count: number) => ({ "retry-after": String(count) });

describe("each failure says what is wrong, whether to retry, and what to do", () => {
  test.each([
    [{ kind: "wrong-key" }, PermanentError, "braze-wrong-key", none, /instance where the key was made/],
    [
      { kind: "no-permission" },
      PermanentError,
      "braze-no-permission",
      none,
      /Make a new REST API key.*sessions\.data_series/,
    ],
    [{ kind: "unknown-id" }, PermanentError, "braze-unknown-id", none, /app and segment of the watch/],
    [{ kind: "wrong-url" }, PermanentError, "braze-wrong-url", none, /BRAZE_REST_ENDPOINT/],
    [{ kind: "redirect" }, PermanentError, "braze-wrong-url", none, /redirects are not followed/],
    [{ kind: "rate-limited" }, TransientError, "braze-rate-limit", 40 * MINUTE, /waits/],
    [{ kind: "rate-limited", headers: {} }, TransientError, "braze-rate-limit", none, /waits/],
    [{ kind: "rate-limited", headers: seconds(7) }, TransientError, "braze-rate-limit", 7 * SECOND, /waits/],
    [{ kind: "server-error" }, TransientError, "braze-unreachable", none, /asks again/],
    [
      { kind: "server-error", headers: seconds(7) },
      TransientError,
      "braze-unreachable",
      7 * SECOND,
      /asks again/,
    ],
    [{ kind: "bad-gateway" }, TransientError, "braze-unreachable", none, /asks again/],
    [{ kind: "queued" }, TransientError, "braze-unreachable", none, /maintenance/],
    [{ kind: "no-success" }, TransientError, "braze-bad-answer", none, /asks again/],
    [{ kind: "truncated" }, TransientError, "braze-bad-answer", none, /asks again/],
    [{ kind: "cut-off" }, TransientError, "braze-unreachable", none, /keeps asking/],
    [{ kind: "stall" }, TransientError, "braze-unreachable", none, /keeps asking/],
    [{ kind: "stall-midway" }, TransientError, "braze-unreachable", none, /keeps asking/],
    [{ kind: "reset" }, TransientError, "braze-unreachable", none, /keeps asking/],
    [{ kind: "endless" }, TransientError, "braze-bad-answer", none, /no proxy answers/],
  ] as const)("%o", async (fault, type, failure, retryAfter, advice) => {
    const error = await fails(fault);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ failure, advice: expect.stringMatching(advice) });
    expect((error as TransientError).retryAfter).toBe(retryAfter);
  });
});

test.each([
  ["wrong-key", "Braze answered 401: Invalid API key: [redacted]"],
  ["no-permission", "Braze answered 403: The API key does not have the permission sessions.data_series"],
  ["bad-gateway", "Braze answered 502: a page of HTML"],
  ["queued", "Braze answered 202: queued"],
  ["stall", /^Braze could not be reached at 127\.0\.0\.1:\d+: no answer in time$/],
  ["stall-midway", /: the answer stalled$/],
  ["cut-off", /: the connection was closed before the answer was whole$/],
] as const)("the error for %s is a readable sentence", async (kind, message) => {
  const error = await fails({ kind });
  if (typeof message === "string") expect(error.message).toBe(message);
  else expect(error.message).toMatch(message);
});

test("a request that exceeds the total time limit is abandoned", async () => {
  const error = await fails(
    { kind: "stall" },
    { timeouts: { ...timeouts, headers: 10 * SECOND, total: 200 } },
  );
  expect(error.message).toMatch(/the answer took too long$/);
});

describe("the API key never appears in an error", () => {
  test.each([
    "wrong-key",
    "no-permission",
    "server-error",
    "reset",
    "stall",
    "truncated",
    "endless",
  ] as const)("%s", async (kind) => {
    const error = await fails({ kind });
    const everything = inspect(error, { depth: 20, showHidden: true }) + error.stack + JSON.stringify(error);
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain(KEY.slice(0, 12));
  });

  test("the key is removed from an error even when a response echoes it in an unexpected place", async () => {
    const error = await fails({ kind: "redirect", headers: { location: `https://example.com/?key=${KEY}` } });
    expect(inspect(error, { depth: 20 }) + error.stack).not.toContain(KEY);
  });
});

test("an error names a segment that the workspace does not know, and a valid segment id works", async () => {
  const probe = brazeProbe(world.clientOptions());
  await probe({ ...ios, segment: "us" });
  expect(await rejection(probe({ ...ios, segment: "moon" }))).toMatchObject({ failure: "braze-unknown-id" });
  expect(await rejection(probe({ ...ios, app: "moon" }))).toMatchObject({ failure: "braze-unknown-id" });
  expect(world.control.seen().at(-1)?.query).toMatchObject({ length: "1", unit: "hour", app_id: "moon" });
});

test("a rotated key is used from the next request on", async () => {
  let key = "an-old-key-of-the-workspace";
  const source = world.client({ apiKey: () => key });
  const error = await rejection(source.points(ios, hour, hour));
  expect(error).toMatchObject({ failure: "braze-wrong-key" });
  expect(error.message).not.toContain(key);
  key = KEY;
  expect(await source.points(ios, hour, hour)).toHaveLength(1);
});

test("a key that cannot be an HTTP header is refused before it is sent", async () => {
  const before = world.control.requests();
  const error = await rejection(world.client({ apiKey: "two words\n" }).points(ios, hour, hour));
  expect(error).toMatchObject({ name: "PermanentError", failure: "braze-wrong-key" });
  expect(inspect(error)).not.toContain("two words");
  expect(world.control.requests()).toBe(before);
});

test("the error distinguishes a refused connection from an unknown host name", async () => {
  const gone = await openWorld(now);
  await gone.close();
  const refused = await rejection(gone.client().points(ios, hour, hour));
  expect(refused).toMatchObject({ name: "TransientError", failure: "braze-unreachable" });
  expect(refused.message).toMatch(/the connection was refused$/);

  const nowhere = world.client({ endpoint: "https://rest.nowhere.invalid" });
  const unknown = await rejection(nowhere.points(ios, hour, hour));
  expect(unknown).toMatchObject({ name: "TransientError", failure: "braze-unreachable" });
  expect((unknown as TransientError).advice).toMatch(/spelling of BRAZE_REST_ENDPOINT/);
});

test("an address that is not a REST endpoint is refused, and the error names the right endpoint", () => {
  const wrong = () => world.client({ endpoint: "https://dashboard-03.braze.com" });
  expect(wrong).toThrow(PermanentError);
  expect(wrong).toThrow("write https://rest.iad-03.braze.com");
});

test("a series of another workspace is not read with this workspace's key", async () => {
  const before = world.control.requests();
  const error = await rejection(world.client().points({ ...ios, workspace: "old" }, hour, hour));
  expect(error).toMatchObject({ name: "PermanentError", failure: "braze-unknown-workspace" });
  expect(world.control.requests()).toBe(before);
});

test("after a failure, reading continues where it stopped", async () => {
  world.control.fail({ kind: "server-error", times: 1 });
  const source = world.client();
  await rejection(source.points(ios, hour - HOUR, hour));
  expect(await source.points(ios, hour - HOUR, hour)).toHaveLength(2);
});
