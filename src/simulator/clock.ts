import type { Instant } from "../core/time.ts";

/**
 * A clock that shows `start` now and from there runs `speed` times as fast as time.
 * @example fastClock(Date.now(), 3600); // an hour passes in a second
 */
export function fastClock(start: Instant, speed: number): () => Instant {
  const began = performance.now();
  return () => Math.floor(start + (performance.now() - began) * speed);
}
