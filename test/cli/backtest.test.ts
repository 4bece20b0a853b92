import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCsv } from "../../src/cli/backtest/csv.ts";
import { HOUR, WEEK } from "../../src/core/time.ts";
import { generated } from "../../src/simulator/braze/counts.ts";
import { noon } from "../builders.ts";
import { runProgram } from "../program.ts";

describe("a CSV file", () => {
  test("is read by the hour, gaps staying gaps", () => {
    const text = "time,sessions\n2026-06-16T12:00:00Z,10\n2026-06-16T14:00:00+00:00,12\n";
    expect(readCsv(text, "hour")).toEqual({ first: noon, sessions: [10, undefined, 12], bad: [] });
  });

  test("may be out of order, quoted, without a header or a zone, or end its lines as Windows does", () => {
    const text = '"2026-06-16 13:00:00","11"\r\n2026-06-16T12:00,10\r\n';
    expect(readCsv(text, "hour")).toEqual({ first: noon, sessions: [10, 11], bad: [] });
  });

  test.each([
    ["2026-06-16T12:00:00Z", "has 1 columns instead of time,sessions"],
    ["yesterday,10", '"yesterday" is no time such as 2026-06-16T12:00:00Z'],
    ["2026-02-30T12:00:00Z,10", '"2026-02-30T12:00:00Z" is no time such as 2026-06-16T12:00:00Z'],
    ["2026-06-16T12:30:00Z,10", "2026-06-16T12:30:00Z is not the beginning of an hour in UTC"],
    ["2026-06-16T12:00:00Z,-3", '"-3" is no count of sessions'],
    ["2026-06-16T12:00:00Z,", '"" is no count of sessions'],
    ["2026-06-16T11:00:00Z,7", "2026-06-16T11:00:00Z was there before; the first stays"],
  ])("with the row %s says by line what is wrong with it", (row, reason) => {
    const series = readCsv(`time,sessions\n2026-06-16T11:00:00Z,9\n${row}\n`, "hour");
    expect(series).toMatchObject({ bad: [{ line: 3, reason }], sessions: [9] });
  });

  test("may begin with the mark that Excel writes", () => {
    expect(readCsv("\ufefftime,sessions\n2026-06-16T12:00:00Z,10\n", "hour")).toEqual({
      first: noon,
      sessions: [10],
      bad: [],
    });
  });

  test.each([
    ["", /no usable rows: it should have a header/],
    ["time,sessions\n16.06.2026,10\n", /no usable rows \(line 2 "16.06.2026" is no time/],
    ["1926-06-16T12:00Z,1\n2026-06-16T12:00Z,1\n", /from 1926-06-16 to 2026-06-16.*is a year mistyped/],
  ])("such as %j is refused, saying why", (text, why) => {
    expect(readCsv(text, "hour")).toMatch(why);
  });

  test("of nonsense is never read as counts, and never breaks", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const series = readCsv(text, "hour");
        const sessions = typeof series === "string" ? [] : series.sessions;
        for (const count of sessions) expect(count === undefined || count >= 0).toBe(true);
      }),
    );
  });
});

describe("npm run backtest", () => {
  const folder = mkdtempSync(join(tmpdir(), "tidewatch-backtest-"));
  const file = join(folder, "app.csv");
  beforeAll(() => {
    const counts = generated({ seed: 5, level: 600, zone: "UTC" });
    const rows = Array.from({ length: (10 * WEEK) / HOUR }, (_, i) => {
      const hour = noon + i * HOUR;
      const isOut = i >= (9 * WEEK) / HOUR && i < (9 * WEEK) / HOUR + 3;
      return `${new Date(hour).toISOString()},${isOut ? 0 : counts(hour)}`;
    });
    writeFileSync(file, ["time,sessions", ...rows, "tomorrow,5"].join("\n"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => runProgram("src/cli/backtest.ts", args, { cwd: folder });

  test("says what would have been said, sums it up, names bad rows, and draws a picture", async () => {
    const { status, printed } = await run(file);
    expect(printed).toContain('line 1682: "tomorrow" is no time');
    expect(printed).toMatch(/2026 Tue 18 Aug 12:00 {2}drop opened, critical: −100 %, 0 against/);
    expect(printed).toMatch(/drop resolved after 3 h/);
    expect(printed).toMatch(/1 incident, 0\.\d\d a week: 1 drop, 0 spikes; 1 critical, 0 warnings/);
    expect(readFileSync(join(folder, "app.backtest.png")).subarray(1, 4).toString()).toBe("PNG");
    expect(status).toBe(0);
  });

  test("says how it is called", async () => {
    expect(await run("--help")).toMatchObject({
      status: 0,
      printed: expect.stringMatching(/^npm run backtest/),
    });
  });

  test("keeps to an alert budget, and draws SVG where told", async () => {
    const { status, printed } = await run(file, "--budget", "0.2/month", "--chart", "app.svg");
    expect(printed).toContain("drop opened, critical");
    expect(readFileSync(join(folder, "app.svg"), "utf8")).toMatch(/^<svg/);
    expect(status).toBe(0);
  });

  test.each([
    [["nowhere.csv"], /nowhere\.csv cannot be read/],
    [[], /which file\?/],
    [["app.csv", "--zone", "Mars"], /--zone Mars is no time zone/],
    [["app.csv", "--country", "Atlantis"], /--country Atlantis is no country with a calendar/],
    [["app.csv", "--country", ""], /is no country with a calendar/],
    [["app.csv", "--budget", "none"], /none of low, normal, high/],
    [["app.csv", "--colour"], /colour.*\n\nnpm run backtest -- FILE/s],
  ])("with %j fails, saying what to do", async (args, message) => {
    const { status, printed } = await run(...args);
    expect(status).toBe(1);
    expect(printed).toMatch(message);
    expect(printed).not.toMatch(/\n {4}at /);
  });
});
