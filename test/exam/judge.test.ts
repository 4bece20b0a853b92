import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { beforeAll, describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import type { ExamSeries } from "./series.ts";

const counts = generated({ seed: 7, level: 500, zone: "UTC" });
const hours = (9 * WEEK) / HOUR;
const outage = hours - 20;
const time = (i: number) => new Date(noon + i * HOUR).toISOString().replace(".000Z", "Z");
const points = Array.from({ length: hours }, (_, i) => ({
  time: time(i),
  sessions: i >= outage && i < outage + 3 ? 0 : counts(noon + i * HOUR),
}));
const exam = (over: Partial<ExamSeries>): ExamSeries => ({
  series: "d1",
  tz: "UTC",
  start: 1_344,
  points,
  ...over,
});

interface Answer {
  readonly series: string;
  readonly alerts: readonly { readonly time: string; readonly direction: string; readonly score: number }[];
}

async function judge(exams: readonly ExamSeries[], ...args: string[]): Promise<Answer[]> {
  const child = spawn(process.execPath, ["test/exam/judge.ts", ...args]);
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stdin.end(exams.map((one) => `${JSON.stringify(one)}\n`).join(""));
  await once(child, "close");
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);
}

describe("npm run judge", () => {
  let whole: Answer;
  beforeAll(async () => {
    [whole] = (await judge([exam({})])) as [Answer];
  });

  test("prints one line per series and counts one alert per incident", () => {
    expect(whole).toMatchObject({ series: "d1", alerts: [{ time: time(outage), direction: "drop" }] });
    expect(whole.alerts[0]!.score).toBeLessThan(-3.6);
  });

  test("evaluates an hour as it would have been evaluated when it was the newest", async () => {
    const cuts = [outage + 1, outage + 2, hours - 1].map((end) => exam({ points: points.slice(0, end) }));
    for (const { alerts } of await judge(cuts)) expect(alerts).toEqual(whole.alerts);
  });

  test("does not alert on an hour that is not over, and evaluates its correction", async () => {
    const partial = (i: number) => ({
      time: time(i),
      sessions: 3,
      observed_at: time(i).replace(":00:00Z", ":18:00Z"),
    });
    const calm = points.slice(0, outage);
    const [last, corrected] = await judge([
      exam({ points: [...calm, partial(outage)] }),
      exam({ points: [...calm, partial(outage), ...points.slice(outage)] }),
    ]);
    expect(last!.alerts).toEqual([]);
    expect(corrected!.alerts).toEqual(whole.alerts);
  });

  test.each([
    ["a threshold that is none", ["--threshold", "high"], "", /--threshold must be a number/],
    ["a line that is no JSON", [], "\n{oops\n", /^line 2 is no JSON/],
  ])("says what is wrong with %s", async (_, args, input, complaint) => {
    const { status, stderr } = spawnSync(process.execPath, ["test/exam/judge.ts", ...args], {
      input,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(complaint)]);
  });

  test("accepts a threshold", async () => {
    const [deaf] = await judge([exam({})], "--threshold", "60");
    expect(deaf!.alerts).toEqual([]);
  });
});
