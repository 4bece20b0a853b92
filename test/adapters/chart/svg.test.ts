import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chartSvg } from "../../../src/adapters/chart/svg.ts";
import type { ChartData } from "../../../src/reports/chart.ts";
import { DAY, HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { scenes } from "./scenes.ts";

describe("the SVG of a chart", () => {
  test.each(Object.entries(scenes))("%s", async (name, chart) => {
    await expect(chartSvg(chart)).toMatchFileSnapshot(`../../golden/chart/${name}.svg`);
  });

  test("names no font but the one in the package", () => {
    const families = Object.values(scenes).flatMap(
      (chart) => chartSvg(chart).match(/font-family: [^;]+/g) ?? [],
    );
    expect(new Set(families)).toEqual(new Set(["font-family: Inter"]));
  });

  test("a repeated or skipped clock hour moves the time axis and nothing else", () => {
    const hours = (chart: ChartData) =>
      Array.from(
        chartSvg(chart).matchAll(/x="([\d.]+)" y="238" class="(?:day|hour)">([^<]+)/g),
        ([, x, label]) => ({
          x: Number(x),
          label,
        }),
      );
    const axis = hours(scenes["change-of-clocks"]!);
    const [fri, , sat, , sun, noonAfter] = axis;
    expect(axis.map(({ label }) => label)).toEqual(["Fri 23", "12:00", "Sat 24", "12:00", "Sun 25", "12:00"]);
    const perHour = (sat!.x - fri!.x) / 24;
    expect((noonAfter!.x - sun!.x) / perHour).toBeCloseTo(13, 1);
  });
});

const count = fc.oneof(
  fc.nat(5_000),
  fc.constantFrom(
    0,
    1e9,
    Number.MAX_SAFE_INTEGER,
    Number.MAX_VALUE,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    -3,
  ),
);
const point = fc.record({ observed: count, expected: count, low: count, high: count }, { requiredKeys: [] });
const span = fc.tuple(fc.nat(90), fc.nat(30));

const anyChart: fc.Arbitrary<ChartData> = fc
  .record({
    title: fc.array(fc.string({ unit: "binary" }), { maxLength: 2 }),
    unit: fc.constantFrom("hour" as const, "day" as const),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia"),
    points: fc.array(point, { maxLength: 80 }),
    incidents: fc.array(fc.tuple(span, fc.constantFrom("drop" as const, "spike" as const)), { maxLength: 3 }),
    holidays: fc.array(span, { maxLength: 2 }),
    below: fc.nat(4),
  })
  .map(({ points, incidents, holidays, below, ...rest }) => {
    const step = rest.unit === "hour" ? HOUR : DAY;
    const first = noon - (noon % step);
    const between = ([start, length]: [number, number]) => ({
      from: first + (start - 5) * step,
      to: first + (start - 5 + length) * step,
    });
    const own = {
      ...rest,
      points: points.map((each, i) => ({ bucket: first + i * step, ...each })),
      incidents: incidents.map(([each, direction]) => ({ ...between(each), direction })),
      holidays: holidays.map(between),
    };
    return { ...own, panels: Array.from({ length: below }, () => own) };
  });

test("every coordinate in the SVG is a number inside the image, whatever the series holds", () => {
  fc.assert(
    fc.property(anyChart, (chart) => {
      const svg = chartSvg(chart);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      // The legend has a scale of its own.
      const drawing = svg.replace(/<g transform.*<\/g>/s, "");
      for (const [, x] of drawing.matchAll(/ c?x[12]?="([^"]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(400);
      }
      for (const [, y] of drawing.matchAll(/ c?y[12]?="([^"]+)"/g)) {
        expect(Number(y)).toBeGreaterThanOrEqual(0);
        expect(Number(y)).toBeLessThanOrEqual(250 + 62 * chart.panels!.length);
      }
      for (const [, size] of drawing.matchAll(/ (?:width|height|r)="([^"]+)"/g))
        expect(Number(size)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 300 },
  );
});
