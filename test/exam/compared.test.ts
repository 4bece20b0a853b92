import { expect, test } from "vitest";
import { comparedRows } from "./compared.ts";
import { developmentSeries } from "./development.ts";

test("of incidents injected into public counts by the day, the detector finds more than each simple reference at every rate of false alerts", () => {
  const series = developmentSeries("days").slice(0, 12);
  const rows = comparedRows("days", series).map(([name, ...found]) => ({ name, found: found.map(Number) }));
  const detector = rows.pop()!;
  expect(detector.name).toBe("the detector");
  expect(rows).toHaveLength(3);
  for (const [i, found] of detector.found.entries())
    expect(found).toBeGreaterThan(Math.max(...rows.map((row) => row.found[i]!)));
}, 120_000);

test("development series hold what their labels say: a day without anything where all of it was taken away", () => {
  const series = developmentSeries("days");
  const gone = series.flatMap(({ exam, labels }) =>
    labels.incidents
      .filter(({ magnitude }) => magnitude === -1)
      .map(({ start }) => exam.points.find(({ time }) => time === start)!.value),
  );
  expect(gone.length).toBeGreaterThan(20);
  expect(new Set(gone)).toEqual(new Set([0]));
});
