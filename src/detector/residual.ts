import { expectedAt } from "./baseline.ts";
import type { Parameters } from "./parameters.ts";
import { scaleAt } from "./scale.ts";
import type { CalendarPosition, Seasonality } from "./seasonality.ts";
import type { DetectorState } from "./state/state.ts";
import { anscombe } from "./transform.ts";
import { standardize } from "./z-score.ts";

/** How a bucket compares with its baseline; all on the transformed scale. */
export interface Residual {
  readonly expected: number;
  /** The least and the most that is expected: on a holiday anything from its weekday to a Sunday. */
  readonly least: number;
  readonly most: number;
  /** The standard deviation (σ̂) of such residuals, wider on a holiday. */
  readonly scale: number;
  /** Observed − expected; on a holiday the lesser of the distances from this day's shape and from a Sunday's. */
  readonly value: number;
  /** Observed − expected without regard to holidays. */
  readonly raw: number;
  /** The standardized residual, soft-clipped. */
  readonly z: number;
}

/** Compares a count with the baseline. */
export function residualOf(
  state: DetectorState,
  count: number,
  { season, holiday }: CalendarPosition,
  { sunday, perDay }: Seasonality,
  parameters: Parameters,
): Residual {
  const observed = anscombe(count);
  const expected = expectedAt(state, season);
  const raw = observed - expected;
  const scale = scaleAt(state, season, parameters) * (holiday ? parameters.holidayWidening : 1);
  const ofSunday = holiday ? expectedAt(state, sunday + (season % perDay)) : expected;
  const value = nearer(raw, observed - ofSunday);
  return {
    expected,
    least: Math.min(expected, ofSunday),
    most: Math.max(expected, ofSunday),
    scale,
    value,
    raw,
    z: softClip(standardize(value, scale), parameters),
  };
}

/** A holiday may be like its weekday, like a Sunday, or anything between. */
const nearer = (a: number, b: number): number => (a * b <= 0 ? 0 : Math.abs(a) < Math.abs(b) ? a : b);

/**
 * Lets z-scores beyond a limit grow by their logarithm only: ten times further off is not ten times more certain.
 * @example softClip(45, { softClipFrom: 4.5, softClipSlope: 0.3 }); // => 4.5 · (1 + 0.3 · ln 10) = 7.6
 */
export function softClip(
  z: number,
  { softClipFrom, softClipSlope }: Pick<Parameters, "softClipFrom" | "softClipSlope">,
): number {
  const size = Math.abs(z);
  return size <= softClipFrom
    ? z
    : Math.sign(z) * softClipFrom * (1 + softClipSlope * Math.log(size / softClipFrom));
}
