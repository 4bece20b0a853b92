import { expect, test } from "vitest";
import { generated } from "../../../simulator/braze/counts.ts";
import { PermanentError } from "../../../src/errors.ts";
import { rulesOf, seriesOf, type WatchRequest } from "../../../src/pipeline/actions/watch-request.ts";
import { pastReader } from "../../../src/pipeline/reports/history.ts";
import { preview } from "../../../src/pipeline/reports/preview.ts";
import { backtest } from "../../../src/reports/backtest.ts";
import { sumsOf } from "../../../src/reports/chart.ts";
import { summaryOf } from "../../../src/reports/preview.ts";
import { defaultTiming } from "../../../src/series/due.ts";
import { type Point, seriesId } from "../../../src/series/series.ts";
import type { Sensitivity } from "../../../src/settings/watch.ts";
import { type Bucket, bucketsBetween, HOUR, MINUTE, WEEK } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { freshStores } from "../../support/stores.ts";

const request: WatchRequest = {
  workspace: "main",
  app: "ios",
  appName: "iOS",
  unit: "hour",
  channel: "C0ALERTS1",
};
const counts = generated({ seed: 3, level: 800, zone: "UTC" });
/** An outage of four hours, a week ago. */
const sessionsAt = (bucket: Bucket) =>
  bucket > noon - WEEK && bucket <= noon - WEEK + 4 * HOUR ? 0 : counts(bucket);
const points = (from: Bucket, to: Bucket): Point[] =>
  bucketsBetween(from, to, "hour").map((bucket) => ({ bucket, value: sessionsAt(bucket) }));

/** A context for previews; `asked` is the number of requests to Braze. */
function aBot() {
  const stores = freshStores();
  const asked: number[] = [];
  let now = noon + HOUR + 15 * MINUTE;
  let refuses = false;
  const source = {
    async points(_: unknown, from: Bucket, to: Bucket) {
      asked.push((to - from) / HOUR + 1);
      if (refuses)
        throw new PermanentError("Braze answered 401", { failure: "braze-wrong-key", advice: "Look." });
      return points(from, to);
    },
  };
  return {
    ...stores,
    asked,
    past: pastReader({ ...stores, source, timing: defaultTiming, workspaces: [], clock: () => now }),
    profiles: async () => () => ({ unit: "hour" as const, zone: "UTC" }),
    isHoliday: () => false,
    pass: (by: number) => {
      now += by;
    },
    refuse: (does: boolean) => {
      refuses = does;
    },
  };
}

test("a preview equals the backtest at the chosen sensitivity and at each named one", async () => {
  const context = aBot();
  const { history: past } = await context.past(seriesOf(request), { unit: "hour", zone: "UTC" });
  const alertsAt = (sensitivity: Sensitivity) =>
    backtest(past, { unit: "hour", zone: "UTC" }, { ...rulesOf(request), sensitivity }).incidents.length;

  const seen = await preview({ ...request, sensitivity: { alertsPerMonth: 2 } }, {}, context);
  expect(seen.chosen.alerts).toBe(alertsAt({ alertsPerMonth: 2 }));
  expect(seen.others.map(({ sensitivity, alerts }) => [sensitivity, alerts])).toEqual([
    ["low", alertsAt("low")],
    ["normal", alertsAt("normal")],
    ["high", alertsAt("high")],
  ]);
  expect(alertsAt("normal")).toBeGreaterThan(0);
  expect(seen.chart.incidents).toContainEqual(
    expect.objectContaining({ direction: "drop", from: noon - WEEK + HOUR }),
  );
  expect(seen).toMatchObject({ weeks: 8, evaluatedWeeks: 7 });
  expect(seen.chosen.critical).toBeGreaterThan(0);
});

test("the chart shows the watch's own range: wider at low sensitivity than at high", async () => {
  const context = aBot();
  const widthAt = async (sensitivity: Sensitivity) => {
    const { low, high } = (await preview({ ...request, sensitivity }, {}, context)).chart.points.at(-1)!;
    return high! - low!;
  };
  expect(await widthAt("low")).toBeGreaterThan(await widthAt("high"));
});

test("a preview applies floors and direction", async () => {
  const context = aBot();
  expect(
    (await preview({ ...request, minRelativeChange: 1, direction: "drop" }, {}, context)).chosen.alerts,
  ).toBe(1);
  expect((await preview({ ...request, minAbsoluteChange: 1e9 }, {}, context)).chosen.alerts).toBe(0);
});

test("Braze is asked once per choice, and again when the result is old", async () => {
  const context = aBot();
  await Promise.all([
    preview(request, {}, context),
    preview({ ...request, sensitivity: "low" }, {}, context),
  ]);
  await preview({ ...request, sensitivity: "high" }, {}, context);
  expect(context.asked).toEqual([1_344]);
  context.pass(11 * MINUTE);
  await preview(request, {}, context);
  expect(context.asked).toEqual([1_344, 1_344]);
});

test("stored hours are not requested from Braze", async () => {
  const context = aBot();
  const id = seriesId(seriesOf(request));
  await context.series.write(id, points(noon - 8 * WEEK + HOUR, noon), noon - 8 * WEEK + HOUR, noon);
  expect((await preview(request, {}, context)).weeks).toBe(8);
  expect(context.asked).toEqual([]);
});

test("a refusal is shown, and the next choice asks again", async () => {
  const context = aBot();
  context.refuse(true);
  await expect(preview(request, {}, context)).rejects.toThrow("Braze answered 401");
  context.refuse(false);
  expect((await preview(request, {}, context)).weeks).toBe(8);
});

test("an invalid watch is not requested from Braze", async () => {
  const context = aBot();
  await expect(preview({ ...request, app: "my app" }, {}, context)).rejects.toMatchObject({ field: "app" });
  expect(context.asked).toEqual([]);
});

test("several buckets are added up where all of them are known, newest last", () => {
  const known = [1, 2, 3, 4, 5].map((observed, i) => ({ bucket: noon + i * HOUR, observed, expected: 10 }));
  expect(sumsOf(known, 2)).toEqual([
    { from: noon + HOUR, observed: 5, expected: 20 },
    { from: noon + 3 * HOUR, observed: 9, expected: 20 },
  ]);
  const { observed: _, ...unknown } = known[4]!;
  expect(sumsOf([...known.slice(0, 4), unknown], 2).at(-1)).toEqual({ from: noon + 3 * HOUR, expected: 20 });
});

test("several hours of a ratio have the ratio of their sums, and none without a denominator", () => {
  const hours = [
    { observed: 0.5, expected: 0.4, denominator: 10 },
    { observed: 0.1, expected: 0.2, denominator: 90 },
  ].map((point, i) => ({ ...point, bucket: noon + i * HOUR }));
  const [sum] = sumsOf(hours, 2);
  expect(sum!.observed).toBeCloseTo((5 + 9) / 100, 12);
  expect(sum!.expected).toBeCloseTo((4 + 18) / 100, 12);
  expect(
    sumsOf(
      hours.map((hour) => ({ ...hour, denominator: 0 })),
      2,
    ),
  ).toEqual([{ from: noon }]);
});

test("the small chart of a ratio that stands in for a picture shows each day's mean, never the sum of its hours", async () => {
  const context = aBot();
  const ofRatio: WatchRequest = { ...request, metric: "purchases", per: {} };
  for (const id of ["main.ios.all.hour.purchases", "main.ios.all.hour"])
    await context.series.write(
      id,
      points(noon - 2 * WEEK, noon).map(({ bucket, value }) => ({
        bucket,
        value: id.endsWith("purchases") ? Math.round(value / 4) : value,
      })),
      noon - 2 * WEEK,
      noon,
    );
  const { chart } = await preview(ofRatio, {}, context);
  const days = summaryOf(chart).points.flatMap(({ observed }) => observed ?? []);
  expect(days.length).toBeGreaterThan(10);
  for (const day of days) expect(day).toBeCloseTo(0.25, 2);
});
