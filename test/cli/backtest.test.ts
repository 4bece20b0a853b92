import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { readCsv } from "../../src/cli/backtest/csv.ts";
import { decoded } from "../../src/cli/backtest/table.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { runProgram } from "../support/program.ts";

describe("a CSV file", () => {
  test("is read by the hour, and gaps stay gaps", () => {
    const text = "time,sessions\n2026-06-16T12:00:00Z,10\n2026-06-16T14:00:00+00:00,12\n";
    expect(readCsv(text, "hour")).toEqual({ first: noon, values: [10, undefined, 12], bad: [] });
  });

  test("may be unordered, quoted, without a header or time zone, or with Windows line ends", () => {
    const text = '"2026-06-16 13:00:00","11"\r\n2026-06-16T12:00,10\r\n';
    expect(readCsv(text, "hour")).toEqual({ first: noon, values: [10, 11], bad: [] });
  });

  test.each([
    ["2026-06-16T12:00:00Z", "has 1 columns instead of time,sessions"],
    ["yesterday,10", '"yesterday" is not a time such as 2026-06-16T12:00:00Z'],
    ["2026-02-30T12:00:00Z,10", '"2026-02-30T12:00:00Z" is not a time such as 2026-06-16T12:00:00Z'],
    ["2026-06-16T12:30:00Z,10", "2026-06-16T12:30:00Z is not the beginning of an hour in UTC"],
    ["2026-06-16T12:00:00Z,-3", '"-3" is not a count of sessions'],
    ["2026-06-16T12:00:00Z,", '"" is not a count of sessions'],
    ["2026-06-16T11:00:00Z,7", "2026-06-16T11:00:00Z was there before; the first stays"],
  ])("with the row %s gives an error with the line and what is wrong", (row, reason) => {
    const series = readCsv(`time,sessions\n2026-06-16T11:00:00Z,9\n${row}\n`, "hour");
    expect(series).toMatchObject({ bad: [{ line: 3, reason }], values: [9] });
  });

  test("may begin with Excel's byte order mark", () => {
    expect(readCsv("\ufefftime,sessions\n2026-06-16T12:00:00Z,10\n", "hour")).toEqual({
      first: noon,
      values: [10],
      bad: [],
    });
  });

  test.each([
    ["", /no usable rows: it should have a header/],
    ["time,sessions\n16.06.2026,10\n", /no usable rows \(line 2 "16.06.2026" is not a time/],
    ["1926-06-16T12:00Z,1\n2026-06-16T12:00Z,1\n", /from 1926-06-16 to 2026-06-16.*Is a year mistyped/],
  ])("such as %j is refused with the reason", (text, why) => {
    expect(readCsv(text, "hour")).toMatch(why);
  });

  test.each([
    ["semicolons", "time;sessions\n2026-06-16 12:00;10\n2026-06-16 13:00;11\n"],
    ["tabs", "time\tsessions\n2026-06-16 12:00\t10\n2026-06-16 13:00\t11\n"],
    ["the columns the other way round", "sessions,time\n10,2026-06-16 12:00\n11,2026-06-16 13:00\n"],
    ["more columns", "app,Timestamp,Sessions\nios,2026-06-16 12:00,10\nios,2026-06-16 13:00,11\n"],
    ["offsets", "time,sessions\n2026-06-16T17:30:00+05:30,10\n2026-06-16T08:00:00-5:00,11\n"],
    ["short offsets", "time,sessions\n2026-06-16 12:00+00,10\n2026-06-16 13:00 Z,11\n"],
    ["named zones", "time,sessions\n2026-06-16 14:00 Europe/Berlin,10\n2026-06-16 13:00 UTC,11\n"],
  ])("may have %s", (_, text) => {
    expect(readCsv(text, "hour")).toEqual({ first: noon, values: [10, 11], bad: [] });
  });

  test("may be UTF-16, as Excel writes it", () => {
    const bytes = Buffer.from("\ufefftime\tsessions\n2026-06-16 12:00\t10\n", "utf16le");
    for (const file of [bytes, Buffer.from(bytes).swap16()])
      expect(readCsv(decoded(file)!, "hour")).toEqual({ first: noon, values: [10], bad: [] });
    expect(decoded(Uint8Array.from([0x74, 0xff, 0x31]))).toBeUndefined();
  });

  const counted = (...counts: string[]) =>
    readCsv(
      ["time;sessions", ...counts.map((count, i) => `2026-06-16T${12 + i}:00Z;${count}`)].join("\n"),
      "hour",
    );

  test.each([
    [
      ["1,234", "999"],
      [1234, 999],
    ],
    [
      ["1.234", "1.000"],
      [1234, 1000],
    ],
    [
      ["1.0", "2.000"],
      [1, 2],
    ],
    [
      ["1,000", "1,234.00"],
      [1000, 1234],
    ],
    [
      ["1 234", "1 000"],
      [1234, 1000],
    ],
    [
      ["1'234", "7"],
      [1234, 7],
    ],
  ])("with the counts %j is read as %j", (counts, sessions) => {
    expect(counted(...counts)).toMatchObject({ values: sessions, bad: [] });
  });

  test.each([
    [["1.000", "0"], /^cannot be read: "1\.000" in line 2 can be 1 or 1000.*write counts as plain digits$/],
    [["7", "2,000"], /"2,000" in line 3 can be 2 or 2000/],
  ])("with the counts %j is refused in one sentence", (counts, why) => {
    expect(counted(...counts)).toMatch(why);
  });

  test("follows a zone's clock, separates the repeated hour and reports the skipped one", () => {
    const berlin = (rows: string) => readCsv(`time,sessions\n${rows}`, "hour", "Europe/Berlin");
    const autumn = ["01:00,1", "02:00,2", "02:00,3", "03:00,4"].map((row) => `2026-10-25 ${row}`);
    const lastNotified = { first: Date.UTC(2026, 9, 24, 23), values: [1, 2, 3, 4], bad: [] };
    expect(berlin(autumn.join("\n"))).toMatchObject(lastNotified);
    expect(berlin(autumn.toReversed().join("\n"))).toMatchObject({ ...lastNotified, values: [1, 2, 3, 4] });
    expect(berlin(autumn.toSpliced(2, 1).join("\n"))).toMatchObject({
      values: [1, undefined, undefined, 4],
      notes: [expect.stringContaining("once in the file, so both hours are skipped")],
    });
    expect(berlin("2026-03-29 01:00,1\n2026-03-29 02:00,0\n2026-03-29 03:00,3")).toMatchObject({
      values: [1, 3],
      notes: [expect.stringContaining("line 3: 2026-03-29 02:00 does not exist in Europe/Berlin")],
    });
  });

  test("with random content is never read as counts and never crashes", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const series = readCsv(text, "hour");
        const sessions = typeof series === "string" ? [] : series.values;
        for (const count of sessions) expect(count === undefined || count >= 0).toBe(true);
      }),
    );
  });
});

describe("npm run backtest", () => {
  const folder = mkdtempSync(join(tmpdir(), "tidewatch-backtest-"));
  const file = join(folder, "app.csv");
  const broken = join(folder, "broken.csv");
  beforeAll(() => {
    const counts = generated({ seed: 5, level: 600, zone: "UTC" });
    const rows = Array.from({ length: (10 * WEEK) / HOUR }, (_, i) => {
      const hour = noon + i * HOUR;
      const isOut = i >= (9 * WEEK) / HOUR && i < (9 * WEEK) / HOUR + 3;
      return `${new Date(hour).toISOString()},${isOut ? 0 : counts(hour)}`;
    });
    writeFileSync(file, ["time,sessions", ...rows].join("\n"));
    writeFileSync(broken, ["time,sessions", ...rows, "tomorrow,5"].join("\n"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => runProgram("src/cli/backtest.ts", args, { cwd: folder });

  test("prints what would have been posted with a summary, and draws a chart", async () => {
    const { status, printed } = await run(file);
    expect(printed).toMatch(/2026 Tue 18 Aug 12:00 {2}drop opened, critical: −100%, 0 sessions, expected/);
    expect(printed).toMatch(/drop resolved after 3 h/);
    expect(printed).toMatch(/1 incident, 0\.\d\d a week: 1 drop, 0 spikes; 1 critical, 0 warnings/);
    expect(readFileSync(join(folder, "app.backtest.png")).subarray(1, 4).toString()).toBe("PNG");
    expect(status).toBe(0);
  });

  test("fails on a file with an unreadable row, names the row, and evaluates nothing", async () => {
    const { status, printed } = await run(broken);
    expect(status).toBe(1);
    expect(printed).toMatch(
      /cannot be read whole: mend or remove 1 row\n {2}line 1682: "tomorrow" is not a time/,
    );
    expect(printed).not.toContain("incident");
  });

  test("prints its usage", async () => {
    expect(await run("--help")).toMatchObject({
      status: 0,
      printed: expect.stringMatching(/^npm run backtest/),
    });
  });

  test("applies an alert limit, and draws SVG on request", async () => {
    const { status, printed } = await run(file, "--budget", "0.2/month", "--chart", "app.svg");
    expect(printed).toContain("drop opened, critical");
    expect(readFileSync(join(folder, "app.svg"), "utf8")).toMatch(/^<svg/);
    expect(status).toBe(0);
  });

  test.each([
    [["nowhere.csv"], /nowhere\.csv cannot be read/],
    [[], /which file\?/],
    [["app.csv", "--zone", "Mars"], /--zone must be an IANA time zone/],
    [["app.csv", "--country", "Atlantis"], /--country must be a country code/],
    [["app.csv", "--country", ""], /--country must be a country code/],
    [["app.csv", "--budget", "none"], /must be low, normal, high/],
    [["app.csv", "--colour"], /colour.*\n\nnpm run backtest -- FILE/s],
  ])("fails with %j and says what to do", async (args, message) => {
    const { status, printed } = await run(...args);
    expect(status).toBe(1);
    expect(printed).toMatch(message);
    expect(printed).not.toMatch(/\n {4}at /);
  });
});
