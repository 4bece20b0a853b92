import type { SeriesProfile } from "../detector/detector.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Exclusion } from "../series/excluded-hours.ts";
import type { Sensitivity, Watch } from "../settings/watch.ts";
import type { Bucket } from "../time/time.ts";
import { backtest } from "./backtest.ts";

/**
 * The stored history of a series: `sessions[i]` is that of bucket `first + i × step`, undefined where it is missing.
 */
export interface Past {
  readonly first: Bucket;
  readonly values: readonly (number | undefined)[];
  /** What each value of a ratio was divided by. */
  readonly denominators?: readonly (number | undefined)[];
  /** The feedback on its buckets. @default nothing */
  readonly exclusions?: readonly Exclusion[];
}

/** What a watch would have alerted about at a sensitivity. */
export interface Trial {
  readonly sensitivity: Sensitivity;
  /** How many incidents. */
  readonly alerts: number;
  /** How many incidents labelled real it would have missed. */
  readonly missed: number;
}

/** A suggested change of a watch, with the backtest that supports it. */
export interface Suggestion {
  readonly present: Trial;
  readonly suggested: Trial;
  /** How many incidents of that time were labelled real. */
  readonly real: number;
}

interface Tried {
  readonly watch: Watch;
  readonly incidents: readonly Incident[];
  readonly past?: Past;
  readonly profile: SeriesProfile;
}

/** The next lower sensitivity, if it would have alerted less and missed no further incident labelled real. */
export function suggestionFor({ watch, incidents, past, profile }: Tried): Suggestion | undefined {
  const lower = lowerThan(watch.sensitivity);
  if (!lower || !past) return undefined;
  const real = incidents.filter(
    ({ labelled, openedAt }) => labelled?.label === "real" && openedAt >= past.first,
  );
  const trial = (sensitivity: Sensitivity): Trial => {
    const { incidents: found } = backtest(past, profile, { ...watch, sensitivity });
    const missed = real.filter((one) => !found.some((other) => isSame(one, other))).length;
    return { sensitivity, alerts: found.length, missed };
  };
  const [present, suggested] = [trial(watch.sensitivity), trial(lower)];
  const isBetter = suggested.alerts < present.alerts && suggested.missed <= present.missed;
  return isBetter ? { present, suggested, real: real.length } : undefined;
}

function lowerThan(sensitivity: Sensitivity): Sensitivity | undefined {
  if (typeof sensitivity !== "string") return { alertsPerMonth: sensitivity.alertsPerMonth / 2 };
  return sensitivity === "high" ? "normal" : sensitivity === "normal" ? "low" : undefined;
}

const isSame = (one: Incident, other: Incident): boolean =>
  one.direction === other.direction &&
  one.openedAt <= other.lastAnomalousBucket &&
  other.openedAt <= one.lastAnomalousBucket;
