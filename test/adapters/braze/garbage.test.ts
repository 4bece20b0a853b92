import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { brazeSeries } from "../../../src/adapters/braze/series.ts";
import { PermanentError, TransientError } from "../../../src/errors.ts";
import type { SeriesSource } from "../../../src/pipeline/ports/braze.ts";
import { HOUR } from "../../../src/time/time.ts";
import { ios, KEY } from "./world.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);
const hour = Date.UTC(2026, 5, 16, 11);

let server: Server;
let sources: SeriesSource[];
let answer: { status: number; headers: Record<string, string>; body: string };
let requests = 0;

beforeAll(async () => {
  server = createServer((_, response) => {
    requests += 1;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  sources = (["unknown", "zero"] as const).map((emptyHours) =>
    brazeSeries({
      name: "main",
      endpoint: `http://127.0.0.1:${port}`,
      apiKey: KEY,
      quotaReserve: 0,
      emptyHours,
      clock: () => now,
    }),
  );
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const time = fc.oneof(
  fc
    .integer({ min: now - 900 * HOUR, max: now + 900 * HOUR })
    .map((instant) => new Date(instant).toISOString()),
  fc.constantFrom("2026-06-16T11:00:00", "9999-12-31T23:00:00Z", "1970-01-01", "never", ""),
);
const row = fc.oneof(
  { weight: 5, arbitrary: fc.record({ time, sessions: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ time, sessions: fc.oneof(fc.double(), fc.string(), fc.constant(null)) }),
  },
  { weight: 1, arbitrary: fc.anything() },
);
const body = fc.oneof(
  fc
    .record({ message: fc.constant("success"), data: fc.array(row, { maxLength: 30 }) })
    .map((json) => JSON.stringify(json)),
  fc.jsonValue().map((json) => JSON.stringify(json)),
  fc.record({ message: fc.jsonValue(), errors: fc.jsonValue() }).map((json) => JSON.stringify(json)),
  fc.string(),
);
const status = fc.constantFrom(
  200,
  200,
  200,
  201,
  202,
  206,
  301,
  400,
  401,
  403,
  404,
  408,
  418,
  429,
  500,
  502,
  503,
  599,
);
const header = fc.oneof(fc.constantFrom("", "0", "-1", "NaN", "1e9", "soon", "12"), fc.nat().map(String));
const headers = fc.record(
  {
    "retry-after": header,
    "x-ratelimit-limit": header,
    "x-ratelimit-remaining": header,
    "x-ratelimit-reset": header,
  },
  { requiredKeys: [] },
);

test("any response gives either the points of the range in order or an error that says what to do", async () => {
  await fc.assert(
    fc.asyncProperty(status, headers, body, fc.constantFrom(...sources), async (...given) => {
      answer = { status: given[0], headers: given[1], body: given[2] };
      const source = given[3];
      const from = hour - 300 * HOUR;
      requests = 0;
      try {
        const points = await source.points(ios, from, hour);
        expect(answer.status).toBeLessThan(300);
        const buckets = points.map(({ bucket }) => bucket);
        expect(buckets).toEqual([...new Set(buckets)].sort((a, b) => a - b));
        for (const { bucket, value } of points) {
          expect(bucket % HOUR).toBe(0);
          expect(bucket >= from && bucket <= hour).toBe(true);
          expect(Number.isInteger(value) && value >= 0).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
        expect(error.failure).toMatch(/^braze-/);
        expect(error.advice).toMatch(/^[A-Z].*\.$/s);
        const wait = error instanceof TransientError ? error.retryAfter : undefined;
        if (wait !== undefined) expect(wait > 0 && wait <= HOUR).toBe(true);
      }
      expect(requests).toBeLessThan(12);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["rows that are none", { message: "success", data: [{ time: "2026-06-16T11:00:00Z" }] }, "PermanentError"],
  [
    "a fraction of a session",
    { message: "success", data: [{ time: "2026-06-16T11:00:00Z", sessions: 1.5 }] },
    "PermanentError",
  ],
  [
    "fewer than no sessions",
    { message: "success", data: [{ time: "2026-06-16T11:00:00Z", sessions: -1 }] },
    "PermanentError",
  ],
  [
    "a time that cannot be read",
    { message: "success", data: [{ time: "noon", sessions: 1 }] },
    "PermanentError",
  ],
  ["success without data", { message: "success" }, "TransientError"],
  ["data without success", { data: [] }, "TransientError"],
  ["no object at all", 7, "TransientError"],
])("%s: no data, never zero sessions", async (_, json, name) => {
  answer = { status: 200, headers: {}, body: JSON.stringify(json) };
  await expect(sources[0]!.points(ios, hour, hour)).rejects.toMatchObject({
    name,
    failure: "braze-bad-answer",
  });
});
