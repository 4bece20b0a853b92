import { type Bucket, stepOf, type Unit } from "../../time/time.ts";

/** How many buckets back residuals are kept: the longest look-back window and what the autoregression reads before it. */
export const RING_SIZE = 32;

/** The slot of a bucket in the rings of the last ones. */
export const slotOf = (unit: Unit, bucket: Bucket): number => (bucket / stepOf(unit)) % RING_SIZE;

/** The value `back` buckets before slot `at` of a ring. */
export const ago = (ring: Float32Array, at: number, back: number): number =>
  ring[(at - back + RING_SIZE) % RING_SIZE]!;
