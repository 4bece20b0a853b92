import { MINUTE } from "../time/time.ts";
import { spreadOffset, type Timing } from "./due.ts";

/** How long after a bucket's end Braze usually has it, and how far that spreads, in milliseconds. */
export interface IngestionDelay {
  readonly usual: number;
  readonly spread: number;
}

/** How long after its end a bucket of this series is first asked for. */
export const firstLook = (seriesId: string, { evaluationDelay, spread }: Timing): number =>
  evaluationDelay + spreadOffset(seriesId, spread);

/**
 * The usual delay with one more delay taken in, as TCP learns how long answers take (RFC 6298): recent ones weigh most,
 * and two numbers are all there is to keep.
 * @example learnArrival({ usual: 15 * MINUTE, spread: 0 }, 23 * MINUTE); // => 16 min, spread 2 min
 */
export function learnIngestionDelay(known: IngestionDelay | undefined, delay: number): IngestionDelay {
  if (!known) return { usual: delay, spread: delay / 2 };
  const surprise = delay - known.usual;
  return {
    usual: Math.round(known.usual + surprise / 8),
    spread: Math.round(known.spread + (Math.abs(surprise) - known.spread) / 4),
  };
}

/** A delay shorter than this beyond the usual is nothing to speak of. */
const LEEWAY = 30 * MINUTE;

/** How long after its end a bucket is late: its usual delay and four times the spread, as TCP gives up waiting. */
export const lateAfter = (known: IngestionDelay | undefined, firstLook: number): number =>
  Math.max(firstLook, known?.usual ?? firstLook) + Math.max(LEEWAY, 4 * (known?.spread ?? 0));
