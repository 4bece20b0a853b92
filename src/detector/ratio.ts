/**
 * A ratio is not evaluated below so many in its denominator: chance alone then moves it by a fifth (1/√20 = 22%), and
 * most such buckets are nights in which nobody would act.
 */
export const LEAST_DENOMINATOR = 20;

/**
 * The least standard deviation of the root of a ratio r of two counts n and d: what chance alone brings about in both.
 *
 *     Var(n/d) ≈ (n/d)² · (1/n + 1/d) = (r + r²)/d      n and d vary as Poisson counts do, each by itself
 *     Var(√r)  ≈ Var(r)/(4r)          = (1 + r)/(4d)    the delta method: √r has the slope 1/(2√r)
 *
 * Where the numerator is part of the denominator it varies less. Where it is money, whose units are no counts, r is
 * large and the denominator's share of it, r/(4d), is nearly all.
 * Source: G. Casella, R. L. Berger, "Statistical Inference" (2002), examples 5.5.23 and 5.5.27.
 * @example rootNoiseOf(0.04, 1_000); // => √(1.04/4,000) = 0.016, of √0.04 = 0.2: 4% strays by 0.6 percent points
 */
export const rootNoiseOf = (ratio: number, denominator: number): number =>
  Math.sqrt((1 + Math.abs(ratio)) / (4 * denominator));
