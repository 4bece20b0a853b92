import type { Bucket } from "../time/time.ts";

export type Direction = "drop" | "spike";
export type Severity = "warning" | "critical";

/** Why a bucket could not be judged. Unknown is not zero. */
export type UnjudgedReason = "missing" | "partial" | "too-little-history" | "flat" | "stale" | "excluded";

/** The numbers behind a verdict. Sessions are counts; `surprise` is signed, negative for fewer than expected. */
export interface Score {
  readonly observed: number;
  readonly expected: number;
  /** The range within which nobody would be told, in sessions. */
  readonly low: number;
  readonly high: number;
  /** How many times the series' usual surprise the deciding look-back window lies away; signed. */
  readonly surprise: number;
  /** The look-back window that decided, in buckets (1: this bucket alone). */
  readonly window: number;
  /** Whether this bucket alone lies inside the band again: what recovery waits for. */
  readonly insideBand: boolean;
}

/** Whether a bucket's sessions, taken alone, lie in the range within which nobody would be told. */
export const isAsExpected = ({ observed, low, high, insideBand }: Score): boolean =>
  insideBand || (observed >= low && observed <= high);

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
      readonly kind: "unjudged";
      readonly bucket: Bucket;
      readonly because: UnjudgedReason;
      /** When there will be enough history, where that is what is lacking. */
      readonly readyAt?: Bucket;
    };
