/** The day's greatest surprises are kept in bins of a quarter, from `LOWEST` on. */
const LOWEST = 1;
const PER_UNIT = 4;
export const PEAK_BINS = 36;

const DAYS_A_MONTH = 365.25 / 12;

/** The days on which a series' greatest surprise, in one direction, lay in each bin. */
export type Peaks = Readonly<Uint16Array>;

const binOfPeak = (surprise: number): number =>
  Math.max(0, Math.min(PEAK_BINS - 1, Math.floor((surprise - LOWEST) * PER_UNIT)));

/** After a year the older half counts half. */
const FORGET_AFTER = 365;

/** The peaks with one more day; a new array, so that what was handed out stays as it was. */
export function withPeak(peaks: Peaks, surprise: number): Uint16Array {
  const sum = peaks.reduce((days, count) => days + count, 0);
  const next = sum >= FORGET_AFTER ? peaks.map((count) => count >> 1) : Uint16Array.from(peaks);
  next[binOfPeak(surprise)]!++;
  return next;
}

/** How many days of a usual series, in one direction, are added to the series' own, until it has many itself. */
const USUAL_DAYS = 28;

/** The share of days on which the greatest surprise of a usual series reaches a value (the exam's series). */
const usualShare = (surprise: number): number => Math.min(1, 0.054 * Math.exp(-1.4 * (surprise - 3)));

/**
 * The surprise that the given directions of a series reach as often as one will bear: found by going through the
 * greatest surprise of each day of its own past.
 * @example thresholdWithin(1, [drops, spikes]); // => 3.6 for a series like most
 */
export function thresholdWithin(alertsPerMonth: number, peaks: readonly Peaks[]): number {
  const rateFrom = (bin: number): number => {
    const surprise = LOWEST + bin / PER_UNIT;
    return peaks
      .map((ofDirection) => {
        const days = ofDirection.reduce((sum, count) => sum + count, 0);
        const above = ofDirection.subarray(bin).reduce((sum, count) => sum + count, 0);
        return ((above + USUAL_DAYS * usualShare(surprise)) / (days + USUAL_DAYS)) * DAYS_A_MONTH;
      })
      .reduce((sum, rate) => sum + rate, 0);
  };
  let bin = PEAK_BINS;
  while (bin > 0 && rateFrom(bin - 1) <= alertsPerMonth) bin--;
  return LOWEST + bin / PER_UNIT;
}
