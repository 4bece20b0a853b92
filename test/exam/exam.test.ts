import { describe, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type ExamIncident, type ExamLabels, scoreAlerts } from "./score.ts";

const iso = (hours: number) => new Date(noon + hours * HOUR).toISOString();
const incident = (over: Partial<ExamIncident> = {}): ExamIncident => ({
  kind: "drop",
  direction: "drop",
  magnitude: -0.5,
  hours: 3,
  snr: 5,
  start: iso(10),
  end: iso(12),
  ...over,
});
const labels = (...incidents: ExamIncident[]): ExamLabels => ({
  base: "a city",
  role: "injected",
  vclass: "50-1000",
  scored_from: iso(0),
  scored_to: iso(99),
  incidents,
});
const drop = (hours: number) => ({ bucket: noon + hours * HOUR, direction: "drop" as const });
const spike = (hours: number) => ({ bucket: noon + hours * HOUR, direction: "spike" as const });

describe("an alert", () => {
  test.each([
    ["inside the incident finds it", drop(11), [1], 0],
    ["up to two hours after it finds it", drop(14), [4], 0],
    ["later is false", drop(15), [], 1],
    ["the other way round inside it is false", spike(11), [], 1],
    ["the other way round just after it is a note of its end", spike(13), [], 0],
    ["outside the hours that are scored is none", drop(120), [], 0],
  ])("%s", (_, alert, delays, falseAlerts) => {
    const scored = scoreAlerts([alert], labels(incident()));
    expect(scored.found[0]!.delays).toEqual(delays);
    expect(scored.falseAlerts).toHaveLength(falseAlerts);
  });

  test("after a change of level counts neither as correct nor as false until the level is old", () => {
    const shift = incident({ kind: "shift", ignore_to: iso(40) });
    const { found, falseAlerts } = scoreAlerts([drop(30), drop(41)], labels(shift));
    expect(found[0]).toMatchObject({ delays: [], after: 1 });
    expect(falseAlerts).toEqual([drop(41)]);
  });
});

test("false alarms within three hours count once per direction", () => {
  const alerts = [drop(50), drop(53), drop(56), spike(56), drop(60)];
  expect(scoreAlerts(alerts, labels()).falseAlerts).toEqual([drop(50), spike(56), drop(60)]);
});

test("the time of incidents and the two hours after them are excluded", () => {
  expect(scoreAlerts([], labels()).weeks).toBeCloseTo(100 / 168);
  expect(scoreAlerts([], labels(incident())).weeks).toBeCloseTo(95 / 168);
});
