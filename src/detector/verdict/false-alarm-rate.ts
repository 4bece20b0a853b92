/** The highest anomaly score of each day is kept in bins of a quarter, from `LOWEST` on. */
const LOWEST = 1;
const PER_UNIT = 4;
export const MAXIMA_BINS = 36;

const DAYS_A_MONTH = 365.25 / 12;

/** The number of days on which a series' highest anomaly score, in one direction, lay in each bin. */
export type DailyMaxima = Readonly<Uint16Array>;

const binOf = (score: number): number =>
  Math.max(0, Math.min(MAXIMA_BINS - 1, Math.floor((score - LOWEST) * PER_UNIT)));

/** After a year the older half counts half. */
const FORGET_AFTER = 365;

/** The daily maxima with one more day; a new array, so that what was handed out stays as it was. */
export function withMaximum(maxima: DailyMaxima, score: number): Uint16Array {
  const sum = maxima.reduce((days, count) => days + count, 0);
  const next = sum >= FORGET_AFTER ? maxima.map((count) => count >> 1) : Uint16Array.from(maxima);
  next[binOf(score)]!++;
  return next;
}

/** How many days of a usual series, in one direction, are added to the series' own: the prior of a short past. */
const USUAL_DAYS = 28;

/** The share of days on which the highest score of a usual series reaches a value (the exam's series). */
const usualShare = (score: number): number => Math.min(1, 0.054 * Math.exp(-1.4 * (score - 3)));

/** An incident spans so many of the days whose highest score reaches the threshold (measured: docs/detector.md). */
const DAYS_AN_INCIDENT = 1.25;

/**
 * Calibrates a threshold to a rate of false alarms: the score that the given directions of a series reach at most so
 * often a month, counted over the highest score of each day of its own past.
 * @example thresholdForRate(1, [drops, spikes]); // => 3.6 for a series like most
 */
export function thresholdForRate(alertsPerMonth: number, maxima: readonly DailyMaxima[]): number {
  const rateFrom = (bin: number): number => {
    const score = LOWEST + bin / PER_UNIT;
    return maxima
      .map((ofDirection) => {
        const days = ofDirection.reduce((sum, count) => sum + count, 0);
        const above = ofDirection.subarray(bin).reduce((sum, count) => sum + count, 0);
        return ((above + USUAL_DAYS * usualShare(score)) / (days + USUAL_DAYS)) * DAYS_A_MONTH;
      })
      .reduce((sum, rate) => sum + rate, 0);
  };
  let bin = MAXIMA_BINS;
  while (bin > 0 && rateFrom(bin - 1) <= alertsPerMonth * DAYS_AN_INCIDENT) bin--;
  return LOWEST + bin / PER_UNIT;
}
