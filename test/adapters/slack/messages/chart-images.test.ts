import { describe, expect, test } from "vitest";
import { blockProblems } from "../../../../simulator/slack/block-limits.ts";
import { slackChartImages } from "../../../../src/adapters/slack/messages/chart-images.ts";
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
