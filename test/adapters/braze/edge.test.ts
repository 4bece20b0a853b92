import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brazeSeries } from "../../../src/adapters/braze/series.ts";
import type { SeriesSource } from "../../../src/pipeline/ports/braze.ts";
import { bucketName, DAY, HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { ios, KEY, rejection } from "./world.ts";

const now = noon + 20 * 60_000;
const [from, to] = [noon - 6 * HOUR, noon - HOUR];

let reply: (response: ServerResponse) => void;
let source: SeriesSource;
let zeroSource: SeriesSource;
const server = createServer((_, response) => reply(response));
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { name: "main", endpoint, apiKey: KEY, quotaReserve: 0, clock: () => now };
  source = brazeSeries(options);
  zeroSource = brazeSeries({ ...options, emptyHours: "zero" });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

interface Row {
  readonly time: unknown;
  readonly sessions: unknown;
}
const rows = (change: (row: Row, hour: number) => unknown = (row) => row) =>
  Array.from({ length: 12 }, (_, hour) =>
    change({ time: `${bucketName(noon + (hour - 12) * HOUR, "hour")}:00:00Z`, sessions: 100 + hour }, hour),
  );
const json = (data: unknown) => JSON.stringify({ message: "success", data });

const answers = (body: string | Buffer, headers: Record<string, string> = {}) => {
  reply = (response) => response.writeHead(200, headers).end(body);
};
const lastNotified = async (of = source) =>
  (await of.points(ios, from, to)).map(
    ({ bucket, value }) => `${bucketName(bucket, "hour").slice(11)}=${value}`,
  );
const whole = ["06=106", "07=107", "08=108", "09=109", "10=110", "11=111"];

describe("a response body is read in every encoding", () => {
  const plain = Buffer.from(json(rows()));
  test.each<[string, Buffer, Record<string, string>]>([
    ["gzip", gzipSync(plain), { "content-encoding": "gzip" }],
    ["x-gzip", gzipSync(plain), { "content-encoding": "X-GZIP" }],
    ["deflate", deflateSync(plain), { "content-encoding": "deflate" }],
    ["deflate without its header", deflateRawSync(plain), { "content-encoding": "deflate" }],
    ["brotli", brotliCompressSync(plain), { "content-encoding": "br" }],
    ["zstd", zstdCompressSync(plain), { "content-encoding": "zstd" }],
    ["gzip in brotli", brotliCompressSync(gzipSync(plain)), { "content-encoding": "gzip, br" }],
    ["gzip of which the headers say nothing", gzipSync(plain), {}],
    ["not at all, and said to be so", plain, { "content-encoding": "identity" }],
    ["after a byte order mark", Buffer.concat([Buffer.from("\ufeff"), plain]), {}],
    ["UTF-16", Buffer.from(`\ufeff${json(rows())}`, "utf16le"), {}],
  ])("%s", async (_, body, headers) => {
    answers(body, headers);
    expect(await lastNotified()).toEqual(whole);
  });

  test.each<[string, Buffer | string, Record<string, string>, RegExp]>([
    [
      "packed in a way nobody knows",
      plain,
      { "content-encoding": "lzma" },
      /packed as "lzma", which Tidewatch cannot unpack/,
    ],
    ["said to be gzip", plain, { "content-encoding": "gzip" }, /body that cannot be read: it is .*gzip/],
    [
      "cut short",
      gzipSync(plain).subarray(0, 60),
      { "content-encoding": "gzip" },
      /body that cannot be read: it is .*gzip/,
    ],
    [
      "that grows beyond all answers",
      gzipSync(Buffer.alloc(5_000_000)),
      { "content-encoding": "gzip" },
      /more than 1000000 bytes/,
    ],
    ["of bytes", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), {}, /bytes that are not text/],
    [
      "in a charset nobody knows",
      plain,
      { "content-type": "application/json; charset=klingon" },
      /a charset that nobody knows/,
    ],
  ])("one %s gives an error in one sentence", async (_, body, headers, sentence) => {
    answers(body, headers);
    const error = await rejection(source.points(ios, from, to));
    expect(error).toMatchObject({ name: "TransientError", failure: "braze-bad-answer" });
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/^[\x20-\x7e]*$/);
  });
});

describe("a row that cannot be read leaves only its own hour unknown, never zero", () => {
  test.each<[string, (row: Row) => unknown]>([
    ["without a count", ({ time }) => ({ time })],
    ["of null", ({ time }) => ({ time, sessions: null })],
    ["of fewer than none", ({ time }) => ({ time, sessions: -1 })],
    ["of a fraction", ({ time }) => ({ time, sessions: 1.5 })],
    ["of a word", ({ time }) => ({ time, sessions: "many" })],
    ["without a time", ({ sessions }) => ({ sessions })],
    ["at no time", ({ sessions }) => ({ time: "noon", sessions })],
    ["that is null", () => null],
  ])("one %s", async (_, change) => {
    answers(json(rows((row, hour) => (hour === 9 ? change(row) : row))));
    const others = whole.filter((hour) => !hour.startsWith("09"));
    expect(await lastNotified()).toEqual(others);
    expect(await lastNotified(zeroSource)).toEqual(others);
  });

  test("a response without any readable row is refused", async () => {
    answers(json(rows((row) => ({ ...row, sessions: "many" }))));
    expect(await rejection(source.points(ios, from, to))).toMatchObject({
      name: "PermanentError",
      message: expect.stringMatching(/rows that cannot be read \(data\.0\.sessions/),
    });
  });
});

describe("a response in the wrong unit is refused with one sentence", () => {
  const days = (time: (date: string) => string) =>
    Array.from({ length: 22 }, (_, i) => ({
      time: time(bucketName(noon - 12 * HOUR - (21 - i) * DAY, "day")),
      sessions: 24_000 + i,
    }));
  test.each([
    ["dates", (date: string) => date],
    ["midnights", (date: string) => `${date}T00:00:00Z`],
    ["midnights of a company", (date: string) => `${date}T00:00:00-05:00`],
  ])("%s where hours were asked for", async (_, time) => {
    answers(json(days(time)));
    const error = await rejection(source.points(ios, from, to));
    expect(error).toMatchObject({ name: "PermanentError", failure: "braze-bad-answer" });
    expect(error.message).toMatch(
      /^Braze returned days where hours were asked for: its first row is of "2026-05-26/,
    );
  });

  test("hours where days were asked for", async () => {
    answers(json(rows()));
    const error = await rejection(
      source.points({ ...ios, unit: "day" }, noon - 12 * HOUR - 3 * DAY, noon - 12 * HOUR - DAY),
    );
    expect(error.message).toMatch(/^Braze returned hours where days were asked for/);
  });

  test("one date among hours is not read as midnight", async () => {
    answers(json([{ time: "2026-06-16", sessions: 24_000 }, ...rows().slice(1)]));
    expect(await lastNotified()).toEqual(whole);
    expect((await source.points(ios, noon - 12 * HOUR, to)).map(({ value }) => value)).not.toContain(24_000);
  });

  test("a quiet segment whose only hours are midnights is read", async () => {
    answers(json([{ time: "2026-06-16T00:00:00Z", sessions: 3 }]));
    expect(await source.points(ios, noon - 12 * HOUR, noon - 12 * HOUR)).toEqual([
      { bucket: noon - 12 * HOUR, value: 3 },
    ]);
  });
});
