import type { Bucket } from "../../time/time.ts";

export type Direction = "drop" | "spike";
export type Severity = "warning" | "critical";

/** Why a bucket could not be evaluated. Unknown is not zero. */
export type NotEvaluatedReason =
  | "missing"
  | "partial"
  | "too-little-history"
  | "flat"
  | "stale"
  | "excluded"
  | "small-denominator";

/** The counts that do not alert, both ends included; without `high` a watch that alerts on drops alone. */
export interface Range {
  readonly low: number;
  readonly high?: number;
}

/** The counts of the shortest look-back window that alerts, and what they could have been together without an alert. */
export interface Together extends Range {
  /** How many buckets. */
  readonly buckets: number;
  readonly observed: number;
  readonly expected: number;
}

/** The numbers behind a verdict; `anomalyScore` is signed, negative for fewer than expected. */
export interface Score extends Range {
  readonly observed: number;
  readonly expected: number;
  /**
   * The expected range: the counts of this bucket that would not have alerted, given the buckets before it, at the
   * watch's threshold and minimum change. The verdict is anomalous exactly if `observed` lies outside.
   */
  readonly low: number;
  readonly high?: number;
  /** How unusual the deciding look-back window is for this series; signed. */
  readonly anomalyScore: number;
  /** The most unusual look-back window, in buckets (1: this bucket alone). */
  readonly window: number;
  /** Set where the bucket alone would not have alerted, but several buckets together do. */
  readonly together?: Together;
  /** What a ratio was divided by. */
  readonly denominator?: number;
  /** The range of this bucket by itself, as if the buckets before it had been as expected: what recovery waits for. */
  readonly alone: Required<Range>;
  /** Whether this bucket alone lies where nine of ten ordinary ones do. */
  readonly hasRecovered: boolean;
}

/** Whether a count lies in a range. */
export const isWithin = (count: number, { low, high }: Range): boolean =>
  count >= low && (high === undefined || count <= high);

/**
 * What a bucket adds to the sums of an incident. Ratios do not add up, so of a ratio it is counts of its numerator.
 * @example impactOf({ observed: 0.01, expected: 0.04, denominator: 1_000, … }); // => { balance: −30, expected: 40 }
 */
export const impactOf = ({
  observed,
  expected,
  denominator = 1,
}: Score): { readonly balance: number; readonly expected: number } => ({
  balance: (observed - expected) * denominator,
  expected: expected * denominator,
});

/** Whether a bucket, taken alone, is as expected. */
export const isAsExpected = ({ observed, alone, hasRecovered }: Score): boolean =>
  hasRecovered || isWithin(observed, alone);

/** What is said of one bucket of one watch. */
export type Verdict =
  | {
      readonly kind: "normal";
      readonly bucket: Bucket;
      readonly score: Score;
      /** Set where what stood out has lasted so long that from here on its level is the expected one. */
      readonly isNewLevel?: true;
    }
  | {
      readonly kind: "anomalous";
      readonly bucket: Bucket;
      readonly direction: Direction;
      readonly severity: Severity;
      readonly score: Score;
      /** The first of the buckets that deviate together with this one, and their counts; left out for this one alone. */
      readonly began?: { readonly at: Bucket; readonly observed: number; readonly expected: number };
      readonly isNewLevel?: true;
    }
  | {
      readonly kind: "not-evaluated";
      readonly bucket: Bucket;
      readonly because: NotEvaluatedReason;
      /** When there will be enough history, where that is what is lacking. */
      readonly readyAt?: Bucket;
    };
