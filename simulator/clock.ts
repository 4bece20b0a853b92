import type { Instant } from "../src/time/time.ts";

/** A clock that runs faster than time, and at a pace of its own. */
export interface PacedClock {
  readonly now: () => Instant;
  /** From now on it runs so many times as fast as time. */
  pace(speed: number): void;
}

/**
 * A clock that shows `start` now and from there runs `speed` times as fast as time.
 * @example pacedClock(Date.now(), 3600).now; // an hour passes in a second
 */
export function pacedClock(start: Instant, speed: number): PacedClock {
  let from = { instant: start, began: performance.now(), speed };
  const now = (): Instant => Math.floor(from.instant + (performance.now() - from.began) * from.speed);
  return {
    now,
    pace(speed) {
      from = { instant: now(), began: performance.now(), speed };
    },
  };
}

/** The clock of one pace alone. */
export const fastClock = (start: Instant, speed: number): (() => Instant) => pacedClock(start, speed).now;
