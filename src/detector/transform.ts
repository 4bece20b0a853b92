/**
 * Anscombe's variance-stabilizing transform, halved: the square root of a Poisson count has a standard deviation of
 * about ½ whatever its mean, so that nights and noons can be compared; ⅜ makes it hold for the smallest counts.
 * Source: F. J. Anscombe, "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35 (1948).
 * @example anscombe(1_240); // => 35.22
 */
export const anscombe = (count: number): number => Math.sqrt(count + 0.375);

/**
 * The count that a transformed value stands for, 0 or more.
 * @example inverseAnscombe(35.22); // => 1,240
 */
export const inverseAnscombe = (transformed: number): number =>
  Math.max(0, transformed * transformed - 0.375);
