import { describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { isNewNormal } from "../../src/incidents/incident.ts";
import { backtest } from "../../src/reports/backtest.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { DAY, HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const profile = { unit: "hour", zone: "Europe/Berlin" } as const;
const first = noon - 6 * WEEK;

/** Six weeks as they should be, then two in which the sessions are so many times as many. */
const shifted = (seed: number, factor: number) => {
  const counts = generated({ seed, level: 700, zone: "Europe/Berlin" });
  const values = Array.from({ length: (8 * WEEK) / HOUR }, (_, i) => {
    const hour = first + i * HOUR;
    return Math.round(counts(hour) * (hour >= noon ? factor : 1));
  });
  return backtest({ first, values }, profile, defaultRules).incidents.filter(
    ({ openedAt }) => openedAt >= noon,
  );
};

describe.each([0.25, 0.5, 0.6, 1.8, 3])("sessions that are %d times as many from one hour on", (factor) => {
  test.each([1, 2, 3, 4])(
    "are one incident that ends as the new normal after three days (series %d)",
    (seed) => {
      const [shift, ...others] = shifted(seed, factor);
      expect(isNewNormal(shift!)).toBe(true);
      expect((shift!.resolvedAt! - noon) / DAY).toBeGreaterThanOrEqual(2.9);
      expect((shift!.resolvedAt! - noon) / DAY).toBeLessThan(5);
      expect(others).toEqual([]);
    },
  );
});
