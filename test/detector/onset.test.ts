import { describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { beganAt } from "../../src/incidents/incident.ts";
import { backtest } from "../../src/reports/backtest.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const first = noon - 6 * WEEK;

/** The first incident from noon on, when so much of each count is left for so many hours. */
function incidentOf(seed: number, left: number, hours: number) {
  const counts = generated({ seed, level: 300, zone: "UTC" });
  const values = Array.from({ length: (6 * WEEK) / HOUR + 48 }, (_, i) => {
    const hour = first + i * HOUR;
    const isDown = hour >= noon && hour < noon + hours * HOUR;
    return Math.round(counts(hour) * (isDown ? left : 1));
  });
  const { incidents } = backtest({ first, values }, { unit: "hour", zone: "UTC" }, defaultRules);
  const missing = (to: number) =>
    Array.from({ length: (to - noon) / HOUR + 1 }, (_, i) => counts(noon + i * HOUR) * (1 - left));
  return { incident: incidents.find(({ openedAt }) => openedAt >= noon)!, missing };
}

describe.each([2, 3, 5, 6, 7, 10, 15, 17])("a drop that is noticed late (series %d)", (seed) => {
  test("begins in its first hour or close to it, and counts what is missing since then", () => {
    const { incident, missing } = incidentOf(seed, 0.8, 24);
    expect(Math.abs(beganAt(incident) - noon) / HOUR).toBeLessThanOrEqual(2);
    const lost = missing(incident.lastAnomalousBucket).reduce((sum, n) => sum + n, 0);
    expect(-incident.balance).toBeGreaterThan(0.7 * lost);
    expect(-incident.balance).toBeLessThan(1.3 * lost);
  });
});

test.each([2, 3, 4])(
  "a drop that is noticed at once begins with the hour that is noticed (series %d)",
  (seed) => {
    const { incident } = incidentOf(seed, 0.1, 5);
    expect(incident.openedAt).toBe(noon);
    expect(incident).not.toHaveProperty("began");
  },
);
