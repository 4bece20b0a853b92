import { expect, test } from "vitest";
import { newsAmong } from "../../src/incidents/refractory.ts";
import { HOUR } from "../../src/time/time.ts";
import { anomalous, noon, normal } from "../support/builders.ts";

const at = (hours: number, anomalyScore = -5) => anomalous(noon + hours * HOUR, "warning", { anomalyScore });
const hoursOf = (verdicts: Parameters<typeof newsAmong>[0], refractory?: number) =>
  newsAmong(verdicts, refractory).map(({ bucket }) => (bucket - noon) / HOUR);

test.each([
  ["the first is news", [at(0)], [0]],
  ["the same hours later is not", [at(0), at(5)], [0]],
  ["after a quiet day it is again", [at(0), at(24)], [0, 24]],
  ["days on end are one piece of news", [at(0), at(20), at(40), at(60)], [0]],
  ["half as surprising again is news", [at(0), at(2, -7.5), at(3, -8)], [0, 2]],
  ["the other direction is its own news", [at(0), at(2, 5)], [0, 2]],
  ["normal hours are no news", [normal(noon), at(1)], [1]],
])("%s", (_, verdicts, expected) => {
  expect(hoursOf(verdicts)).toEqual(expected);
});

test("without a refractory time every anomalous hour alerts", () => {
  expect(hoursOf([at(0), at(1), at(2)], 0)).toEqual([0, 1, 2]);
});
