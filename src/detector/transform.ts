import type { NumberKind } from "../metrics/metric.ts";

/** Below zero the transform is the same curve, turned about the point of zero: refunds are as far off as sales. */
const ZERO = Math.sqrt(0.375);

/**
 * Anscombe's variance-stabilizing transform, halved: the square root of a Poisson count has a standard deviation of
 * about ½ whatever its mean, so that nights and noons can be compared; ⅜ makes it hold for the smallest counts. It also
 * stabilizes sums of money, which are sums of a Poisson number of amounts: their variance is in proportion to their
 * mean, too, by a factor that the scale learns.
 * Source: F. J. Anscombe, "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35 (1948).
 * @example anscombe(1_240); // => 35.22
 */
export const anscombe = (value: number): number =>
  value >= 0 ? Math.sqrt(value + 0.375) : 2 * ZERO - Math.sqrt(0.375 - value);

/**
 * The count that a transformed value stands for, 0 or more.
 * @example inverseAnscombe(35.22); // => 1,240
 */
export const inverseAnscombe = (transformed: number): number =>
  Math.max(0, transformed * transformed - 0.375);

/** The same for what may be negative. */
const signedInverse = (transformed: number): number =>
  transformed >= ZERO ? transformed * transformed - 0.375 : 0.375 - (2 * ZERO - transformed) ** 2;

/** How numbers of a kind are evaluated: as whole numbers of their smallest part, on a scale on which noise is even. */
export interface Transform {
  /** How many of the smallest part make one: 100 cents. */
  readonly parts: number;
  readonly inverse: (transformed: number) => number;
  /** Whether there can be less than nothing. */
  readonly isSigned: boolean;
  /** Whether chance alone makes them vary as counts do, so that a run of zeros says how unusual it is. */
  readonly isCounted: boolean;
  /** Whether they may stay the same for weeks. */
  readonly isSteady: boolean;
  /** Whether they are ratios, which are not added up: several buckets together have the mean of theirs. */
  readonly isRatio?: true;
}

/** So fine that the ratio of every two counts has its own number. */
const ratio = { parts: 1e9, isCounted: false, isSteady: false, isRatio: true } as const;

const transforms: Readonly<Record<NumberKind, Transform>> = {
  count: { parts: 1, inverse: inverseAnscombe, isSigned: false, isCounted: true, isSteady: false },
  money: { parts: 100, inverse: signedInverse, isSigned: true, isCounted: false, isSteady: false },
  level: { parts: 1, inverse: inverseAnscombe, isSigned: false, isCounted: false, isSteady: true },
  ratio: { ...ratio, inverse: inverseAnscombe, isSigned: false },
  "money-ratio": { ...ratio, inverse: signedInverse, isSigned: true },
};

/** The transform of a kind of number. */
export const transformOf = (kind: NumberKind = "count"): Transform => transforms[kind];

/** A value as the detector takes it: a whole number of parts. */
export const inParts = (value: number, kind?: NumberKind): number =>
  Math.round(value * transformOf(kind).parts);
