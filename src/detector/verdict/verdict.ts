import type { Bucket } from "../../time/time.ts";

export type Direction = "drop" | "spike";
export type Severity = "warning" | "critical";

/** Why a bucket could not be evaluated. Unknown is not zero. */
export type NotEvaluatedReason = "missing" | "partial" | "too-little-history" | "flat" | "stale" | "excluded";

/** The numbers behind a verdict; `anomalyScore` is signed, negative for fewer than expected. */
export interface Score {
  readonly observed: number;
  readonly expected: number;
  /** The expected range, in counts. */
  readonly low: number;
  readonly high: number;
  /** How unusual the deciding look-back window is for this series; signed. */
  readonly anomalyScore: number;
  /** The look-back window that decided, in buckets (1: this bucket alone). */
  readonly window: number;
  /** Whether this bucket alone lies where nine of ten ordinary ones do: what recovery waits for. */
  readonly hasRecovered: boolean;
}

/** Whether a bucket, taken alone, lies in the expected range. */
export const isAsExpected = ({ observed, low, high, hasRecovered }: Score): boolean =>
  hasRecovered || (observed >= low && observed <= high);

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
      readonly isNewLevel?: true;
    }
  | {
      readonly kind: "not-evaluated";
      readonly bucket: Bucket;
      readonly because: NotEvaluatedReason;
      /** When there will be enough history, where that is what is lacking. */
      readonly readyAt?: Bucket;
    };
