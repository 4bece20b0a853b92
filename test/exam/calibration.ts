import { type Recording, recorded } from "../../simulator/braze/counts.ts";
import { newState, observe } from "../../src/detector/detector.ts";
import { replayIncidents } from "../../src/reports/backtest.ts";
import { defaultRules, type Sensitivity } from "../../src/settings/watch.ts";
import { type Bucket, bucketsBetween, DAY, HOUR, WEEK } from "../../src/time/time.ts";
import { publicSeries, uniformFrom } from "./lasting.ts";
import type { ExamLabels } from "./score.ts";

/** The series of the exam that were cut from a recording. */
const BASES: Readonly<Record<Recording, string>> = {
  "bike-rentals": "ucibike_registered",
  "casual-bike-rentals": "ucibike_casual",
  pedestrians: "melbped_bourke",
  station: "melbped_southern",
  cars: "metro_i94",
};

/** What a watch can be set to, and the false alarms a month that it then promises. */
const SETTINGS: readonly (readonly [name: string, Sensitivity])[] = [
  ["low", "low"],
  ["normal", "normal"],
  ["high", "high"],
  ["0.33/month", { alertsPerMonth: 0.33 }],
  ["1/month", { alertsPerMonth: 1 }],
  ["3/month", { alertsPerMonth: 3 }],
];

/** Shares of the people who are counted: a large app, and two smaller ones. */
const SHARES = [1, 0.1, 0.01];

const LEARNED = 8 * WEEK;
const MONTH = (365.25 / 12) * DAY;

export const calibrationHead: readonly string[] = ["", "months", ...SETTINGS.map(([name]) => name)];

/**
 * Incidents a month on public counts of a year to which nothing was done, outside the weeks that the detector was tuned
 * on. All count as false, also those of real events, so the figures are upper bounds.
 */
export function calibrationRows(tuned: readonly ExamLabels[]): string[][] {
  const rows = publicSeries.flatMap((series) =>
    SHARES.map((share) => ({
      name: `${series.name}, ${share * 100}%`,
      ...incidentsOn(series, share, tuned),
    })),
  );
  const months = rows.reduce((sum, row) => sum + row.months, 0);
  const all = SETTINGS.map((_, i) => rows.reduce((sum, { incidents }) => sum + incidents[i]!, 0));
  return [...rows, { name: "all", months, incidents: all }].map((row) => [
    row.name,
    row.months.toFixed(1),
    ...row.incidents.map((count) => (count / row.months).toFixed(2)),
  ]);
}

function incidentsOn(
  { name, zone, lastDay }: (typeof publicSeries)[number],
  share: number,
  tuned: readonly ExamLabels[],
): { readonly months: number; readonly incidents: readonly number[] } {
  const counts = recorded(name, { zone, endsAt: lastDay });
  const uniform = uniformFrom(7);
  const state = newState({ unit: "hour", zone });
  const first = lastDay - 51 * WEEK;
  const evidence = bucketsBetween(Math.floor(first / HOUR) * HOUR, lastDay, "hour").map((hour) =>
    observe(state, hour, thinned(counts(hour), share, uniform)),
  );
  const wasTuned = (bucket: Bucket) =>
    bucket < first + LEARNED ||
    tuned.some(
      ({ base, scored_from, scored_to }) =>
        base === BASES[name] && bucket >= Date.parse(scored_from) && bucket < Date.parse(scored_to),
    );
  const months = (evidence.filter(({ bucket }) => !wasTuned(bucket)).length * HOUR) / MONTH;
  const incidents = SETTINGS.map(
    ([, sensitivity]) =>
      replayIncidents(evidence, { unit: "hour", zone }, { ...defaultRules, sensitivity }).incidents.filter(
        ({ openedAt }) => !wasTuned(openedAt),
      ).length,
  );
  return { months, incidents };
}

/** How many of so many people belong to a share of them, by chance. */
function thinned(count: number, share: number, uniform: () => number): number {
  if (share === 1) return count;
  return Array.from({ length: count }, () => uniform()).filter((drawn) => drawn < share).length;
}
