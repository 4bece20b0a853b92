import { MINUTE } from "../time/time.ts";
import { spreadOffset, type Timing } from "./due.ts";

/** How long after a bucket's end Braze usually has it, and the spread, in milliseconds. */
export interface IngestionDelay {
  readonly usual: number;
  readonly spread: number;
}

/** How long after its end a bucket of this series is first asked for. @param timing that of the series (`timingOf`) */
export const firstLook = (seriesId: string, { evaluationDelay, spread }: Timing): number =>
  evaluationDelay + spreadOffset(seriesId, spread);

/**
 * The ingestion delay after one more observation, smoothed as TCP smooths its round-trip time (RFC 6298): recent ones
 * weigh most, and two numbers are enough.
 * @example learnIngestionDelay({ usual: 15 * MINUTE, spread: 0 }, 23 * MINUTE); // => 16 min, spread 2 min
 */
export function learnIngestionDelay(known: IngestionDelay | undefined, delay: number): IngestionDelay {
  if (!known) return { usual: delay, spread: delay / 2 };
  const deviation = delay - known.usual;
  return {
    usual: Math.round(known.usual + deviation / 8),
    spread: Math.round(known.spread + (Math.abs(deviation) - known.spread) / 4),
  };
}

/** A shorter delay beyond the usual is not worth reporting. */
const LEEWAY = 30 * MINUTE;

/** How long after its end a bucket is late: its usual delay plus four times the spread, as in TCP's timeout. */
export const lateAfter = (known: IngestionDelay | undefined, firstLook: number): number =>
  Math.max(firstLook, known?.usual ?? firstLook) + Math.max(LEEWAY, 4 * (known?.spread ?? 0));
