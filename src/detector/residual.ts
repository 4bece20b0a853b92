import type { NumberKind } from "../metrics/metric.ts";
import { expectedAt } from "./baseline.ts";
import type { Parameters } from "./parameters.ts";
import { rootNoiseOf } from "./ratio.ts";
import { scaleAt } from "./scale.ts";
import type { CalendarPosition } from "./seasonality.ts";
import type { SendEffect } from "./send-effect.ts";
import type { DetectorState } from "./state/state.ts";
import { anscombe, inParts, transformOf } from "./transform.ts";
import { standardize } from "./z-score.ts";

/** What is expected of a bucket before its count is known; all on the transformed scale. */
export interface Expectation {
  /** What its numbers are. @default "count" */
  readonly kind?: NumberKind;
  readonly expected: number;
  /**
   * Between these all is as expected: as `expected` both, unless it is a holiday, which may be like a day of rest, or
   * something was sent shortly before.
   */
  readonly least: number;
  readonly most: number;
  /** The standard deviation (σ̂) of residuals, wider on a holiday. */
  readonly scale: number;
  /** What the ratio was divided by; left out for what is none. */
  readonly denominator?: number;
}

/** How a bucket compares with its baseline; all on the transformed scale. */
export interface Residual extends Expectation {
  /** Observed − expected: the distance from the nearer of least and most, 0 between them. */
  readonly value: number;
  /** Observed − expected without regard to holidays. */
  readonly raw: number;
  /** The standardized residual, soft-clipped. */
  readonly z: number;
}

/**
 * What the baseline says about a place in the calendar. @param denominator what a ratio was divided by @param effect
 * what was sent shortly before may do
 */
export function expectationOf(
  state: DetectorState,
  { season, restSeason, holiday }: CalendarPosition,
  parameters: Parameters,
  denominator?: number,
  effect?: SendEffect,
): Expectation {
  const expected = expectedAt(state, season);
  const { kind } = state.profile;
  const others = [
    ...(holiday ? [expectedAt(state, restSeason)] : []),
    ...(effect ? withSend(expected, effect, kind) : []),
  ];
  const floor = denominator === undefined ? undefined : noiseOf(expected, denominator, kind);
  return {
    ...(kind && { kind }),
    expected,
    least: Math.min(expected, ...others),
    most: Math.max(expected, ...others),
    scale: scaleAt(state, season, parameters, floor) * (holiday ? parameters.holidayWidening : 1),
    ...(denominator !== undefined && { denominator }),
  };
}

/** Between which values, on the transformed scale, an hour after a send is as expected. */
function withSend(
  expected: number,
  { least, most, weekly }: SendEffect,
  kind: NumberKind | undefined,
): number[] {
  if (!weekly) return [times(expected, least, kind), times(expected, most, kind)];
  const known = (value: number | undefined) =>
    value === undefined ? expected : anscombe(inParts(value, kind));
  // A baseline that lies beyond them has learned more than they say.
  return [Math.min(expected, known(weekly.least)), Math.max(expected, known(weekly.most))];
}

/** So many times as many, on the transformed scale; nothing is taken from a loss. */
function times(expected: number, factor: number, kind: NumberKind | undefined): number {
  const count = transformOf(kind).inverse(expected);
  return count > 0 ? anscombe(count * factor) : expected;
}

/** How far chance alone moves a ratio, on the transformed scale: parts under the root are a factor before it. */
function noiseOf(expected: number, denominator: number, kind: NumberKind | undefined): number {
  const { parts, inverse } = transformOf(kind);
  return Math.sqrt(parts) * rootNoiseOf(inverse(expected) / parts, denominator);
}

/** Compares a count with what was expected. */
export function residualOf(expectation: Expectation, count: number, parameters: Parameters): Residual {
  const value = distanceOf(expectation, count);
  const raw = anscombe(count) - expectation.expected;
  return { ...expectation, value, raw, z: zOf(value, expectation, parameters) };
}

/** The soft-clipped z-score of a count alone: `residualOf(…).z`. */
export const zScoreOf = (expectation: Expectation, count: number, parameters: Parameters): number =>
  zOf(distanceOf(expectation, count), expectation, parameters);

function distanceOf({ least, most }: Expectation, count: number): number {
  const observed = anscombe(count);
  return nearer(observed - least, observed - most);
}

const zOf = (value: number, { scale }: Expectation, parameters: Parameters): number =>
  softClip(standardize(value, scale), parameters);

/** Between the two, nothing is off. */
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
