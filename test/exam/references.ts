import { mean, median, medianAbsoluteDeviation, sampleStandardDeviation } from "simple-statistics";
import type { Direction } from "../../src/detector/verdict/verdict.ts";
import { type Bucket, stepOf, WEEK } from "../../src/time/time.ts";
import type { ExamSeries } from "./series.ts";

/** How far a bucket lies from what a method expects, in its own measure. */
export interface Deviation {
  readonly bucket: Bucket;
  readonly direction: Direction;
  readonly size: number;
}

/** A simple method that people use where they have no detector. */
export interface Reference {
  readonly name: string;
  deviations(exam: ExamSeries): Deviation[];
}

/** Of the last eight weeks the same weekday, of hours at the same hour; or all buckets of the last four weeks. */
const SAME_WEEKDAYS = 8;
const ROLLING = 4 * WEEK;

/** A median absolute deviation times this is a standard deviation, for normal values. */
const MAD_TO_SD = 1.4826;

const meanAndSd = (past: readonly number[]) => [mean([...past]), sampleStandardDeviation([...past])] as const;
const medianAndMad = (past: readonly number[]) =>
  [median([...past]), MAD_TO_SD * medianAbsoluteDeviation([...past])] as const;

const sameWeekday = (at: number, values: readonly number[], step: number) =>
  Array.from({ length: SAME_WEEKDAYS }, (_, i) => values[at - ((i + 1) * WEEK) / step]).filter(
    (value) => value !== undefined,
  );
const rolling = (at: number, values: readonly number[], step: number) =>
  values.slice(Math.max(0, at - ROLLING / step), at);

export const references: readonly Reference[] = [
  { name: "same weekday, mean and standard deviation", deviations: by(sameWeekday, meanAndSd) },
  { name: "same weekday, median and MAD", deviations: by(sameWeekday, medianAndMad) },
  { name: "rolling median and MAD", deviations: by(rolling, medianAndMad) },
];

/** Each value from the first to evaluate on, compared with the centre of a part of the past, in spreads of it. */
function by(
  past: (at: number, values: readonly number[], step: number) => readonly number[],
  centreAndSpread: (past: readonly number[]) => readonly [centre: number, spread: number],
) {
  return ({ points, start, unit = "hour" }: ExamSeries): Deviation[] => {
    const values = points.map(({ value, sessions }) => value ?? sessions ?? 0);
    return points.slice(start).map(({ time }, i) => {
      const at = start + i;
      const [centre, spread] = centreAndSpread(past(at, values, stepOf(unit)));
      // Counts vary by their root at the least: a past without variation would make everything an alert.
      const least = Math.sqrt(Math.max(1, Math.abs(centre)));
      const difference = values[at]! - centre;
      return {
        bucket: Date.parse(time),
        direction: difference < 0 ? "drop" : "spike",
        size: Math.abs(difference) / Math.max(spread, least),
      };
    });
  };
}
