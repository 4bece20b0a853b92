import { PermanentError } from "../../src/errors.ts";
import { type Standing, standingOf } from "../../src/pipeline/collecting/backlog.ts";
import type { TroubleReport } from "../../src/pipeline/ports/ops.ts";
import { type Instant, SECOND } from "../../src/time/time.ts";
import type { Depths, Outcomes } from "../queues.ts";
import type { Running } from "./pages.ts";

/** What Redis tells of how the bot fares. */
export interface Vitals {
  readonly standing: Standing;
  readonly troubles: ReadonlyMap<string, TroubleReport>;
  readonly depths: Depths;
  readonly outcomes: Outcomes;
  /** In wall-clock time. */
  readonly lastTick?: Instant;
}

/** Why there are no vitals to tell, and whether Redis answers nevertheless. */
export interface Untold {
  readonly untold: string;
  readonly isUp: boolean;
}

const gone: Untold = { untold: "Redis does not answer", isUp: false };

/** How long Redis may take; a scrape gives up after ten seconds, a health check after five. */
const PATIENCE = 2 * SECOND;

/** Reads the vitals of what runs; none are told when nothing does yet, or Redis does not answer in time. */
export function readVitals(running: () => Running | undefined): () => Promise<Vitals | Untold> {
  let pending: Promise<Vitals | Untold> | undefined;

  async function read({ bot, workers: { queues } }: Running): Promise<Vitals | Untold> {
    try {
      const [standing, troubles, depths, outcomes, lastTick] = await Promise.all([
        standingOf(bot),
        bot.troubles.all(),
        queues.depths(),
        queues.outcomes(),
        queues.lastTick(),
      ]);
      return { standing, troubles, depths, outcomes, ...(lastTick !== undefined && { lastTick }) };
    } catch (error) {
      // A key that somebody damaged is no Redis that is gone, and mended in another way.
      return error instanceof PermanentError
        ? { untold: `${error.message}. ${error.advice}`, isUp: true }
        : gone;
    } finally {
      pending = undefined;
    }
  }

  return async () => {
    const present = running();
    if (!present) return gone;
    // While Redis is gone its commands wait for it: one reading at a time, or they would pile up.
    pending ??= read(present);
    const late = Promise.withResolvers<Untold>();
    const timer = setTimeout(() => late.resolve(gone), PATIENCE);
    try {
      return await Promise.race([pending, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}
