import { describe, expect, test } from "vitest";
import { blockProblems } from "../../../../simulator/slack/block-limits.ts";
import { sparkline } from "../../../../src/adapters/slack/blocks/sparklines.ts";
import { slackChartImages } from "../../../../src/adapters/slack/messages/chart-images.ts";
import type { ChartData } from "../../../../src/reports/chart.ts";
import { chartWords } from "../../../../src/text/chart.ts";
import { HOUR } from "../../../../src/time/time.ts";
import { noon } from "../../../support/builders.ts";
import { scenes } from "../../chart/scenes.ts";
import { expectGoldenBlocks } from "../golden.ts";

const { image, otherwise } = slackChartImages();

describe("instead of a picture", () => {
  test.each(Object.entries(scenes))("%s", async (name, chart) => {
    const blocks = [image("F0SIMULATED1", chart), ...otherwise(chart)];
    await expectGoldenBlocks(`chart/${name}`, blocks);
  });
});

test("Slack's own chart has at most 20 points and omits unknown hours", () => {
  const [native] = otherwise(scenes.gaps!);
  const { series, axis_config: axis } = (
    native as { chart: { series: { data: unknown[] }[]; axis_config: { categories: string[] } } }
  ).chart;
  expect(axis.categories).toHaveLength(20);
  for (const { data } of series) expect(data).toHaveLength(20);
  expect(axis.categories).not.toContain("Tue 16 03:00");
});

/** Slack's own chart, which must be as Slack accepts it. */
function nativeOf(chart: ChartData) {
  const blocks = otherwise(chart);
  expect(blockProblems(blocks)).toEqual([]);
  return blocks[0] as unknown as {
    title: string;
    chart: { series: { name: string; data: { value: number }[] }[] };
  };
}

/** Orders of that name for each session. */
const perSession = (item: string): ChartData => ({
  ...scenes.drop!,
  series: { metric: "events", item, per: {} },
});

test.each([
  ["Order", "Order per session, last 20 hours", "Order per session"],
  [
    "Checkout step 26 of flow 0",
    "Checkout step 26 …low 0 per session, last 20 hours",
    "Checkout s…r session",
  ],
  ["x".repeat(254), `X${"x".repeat(16)}…xxxxx per session, last 20 hours`, "Xxxxxxxxxx…r session"],
  ["👩‍👩‍👧‍👦".repeat(20), "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦… per session, last 20 hours", "👩‍👩‍👧‍👦…r session"],
])("Slack's own chart is accepted with the name %s", (item, title, name) => {
  const native = nativeOf(perSession(item));
  expect(native.title).toBe(title);
  expect(native.chart.series.map((line) => line.name)).toEqual([
    name,
    "Expected at least",
    "Expected at most",
  ]);
});

test("long names that begin or end alike stay apart", () => {
  const items = [
    "Checkout step 1 of the new flow",
    "Checkout step 2 of the new flow",
    "Checkout step 1 of the new flow, again",
  ];
  const titles = items.map((item) => nativeOf(perSession(item)).title);
  expect(new Set(titles).size).toBe(items.length);
});

test("Slack's own chart shows a ratio below one and money below zero as they are", () => {
  const valuesOf = (scene: string) =>
    nativeOf(scenes[scene]!).chart.series[0]!.data.map(({ value }) => value);
  expect(valuesOf("ratio").every((value) => value > 0 && value < 1)).toBe(true);
  expect(valuesOf("refunds").at(-1)).toBeCloseTo(scenes.refunds!.points.at(-1)!.observed!);
  expect(valuesOf("refunds").at(-1)).toBeLessThan(0);
});

test("bars of a ratio use their whole height, and a refund is lower than nothing sold", () => {
  expect(sparkline([0.1, 0.2, 0.4])).toBe("▃▅█");
  expect(sparkline([-50, 0, undefined, 50])).toBe("▁▅·█");
});

test("a name beside a row of bars mentions nobody", () => {
  expect(JSON.stringify(otherwise(perSession("<!channel> *now*")).slice(1))).not.toContain("<!channel>");
});

test("a repeated clock hour has two names in a chart", () => {
  const from = Date.UTC(2026, 9, 24, 22);
  const points = Array.from({ length: 6 }, (_, i) => ({ bucket: from + i * HOUR, observed: i }));
  const chart = { ...scenes.drop!, incidents: [], points };
  expect(blockProblems(otherwise(chart))).toEqual([]);
  expect(JSON.stringify(otherwise(chart))).toContain('"02 again"');
});

test.each([
  [
    "drop",
    "Chart of sessions by hour with the expected range, Sat 13 20:00 to Tue 16 19:00 (Europe/Berlin). A drop of 4 hours from Tue 16 16:00, lowest with",
  ],
  [
    "days",
    "Chart of sessions by day with the expected range, Wed 6 May to Tue 16 Jun. A drop of 2 days from Mon 15 Jun",
  ],
  ["gaps", "of 72 hours are not known."],
  ["nothing", "A chart without any sessions."],
])("the alternative text says what the picture of %s shows", (name, words) => {
  expect(chartWords(scenes[name]!)).toContain(words);
});

test("a single hour is not drawn as a line", () => {
  const [bars, ...more] = otherwise({ ...scenes.drop!, points: [{ bucket: noon, observed: 3 }] });
  expect(bars).toMatchObject({ type: "section", text: { text: expect.stringContaining("`█` sessions") } });
  expect(more).toEqual([]);
});
