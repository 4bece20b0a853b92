import { type Instant, MINUTE, SECOND } from "../../src/time/time.ts";
import type { Tier } from "./method.ts";
import { methods } from "./methods.ts";

/** Calls a minute, by tier, of one method. */
const A_MINUTE: Record<Exclude<Tier, "special">, number> = { t1: 1, t2: 20, t3: 50, t4: 100 };
/** Posts to one channel: one a second, of which some may come at once. */
const BURST = 5;

export type RateLimits = ReturnType<typeof createRateLimits>;

/** Counts calls as Slack's tiers do; switched off until told otherwise. */
export function createRateLimits(clock: () => Instant) {
  const made = new Map<string, Instant[]>();
  let isOn = false;

  /** Takes one of `most` places within a span; the seconds to wait where there is none. */
  const take = (key: string, most: number, span: number): number => {
    const now = clock();
    const recent = (made.get(key) ?? []).filter((at) => now - at < span);
    if (recent.length >= most) return Math.max(1, Math.ceil((recent[0]! + span - now) / SECOND));
    made.set(key, [...recent, now]);
    return 0;
  };

  return {
    turn(on: boolean): void {
      isOn = on;
      made.clear();
    },
    /** The seconds that a call has to wait; 0 when it may be made. */
    wait(method: string, { channel }: Readonly<Record<string, unknown>>): number {
      const tier = methods[method]?.tier;
      if (!isOn || tier === undefined) return 0;
      if (tier !== "special") return take(method, A_MINUTE[tier], MINUTE);
      return method === "chat.postMessage" ? take(`${method} ${channel}`, BURST, BURST * SECOND) : 0;
    },
  };
}
