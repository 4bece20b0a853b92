import { PermanentError } from "../../src/errors.ts";
import type { Facts, RedisProblem } from "../../src/health/facts.ts";
import { takeSnapshot } from "../../src/pipeline/health/snapshot.ts";
import { type Instant, SECOND } from "../../src/time/time.ts";
import type { Depths, Outcomes } from "../queues.ts";
import type { Running } from "./running.ts";

/** The state of the bot as read from Redis. */
export interface Vitals {
  readonly facts: Facts;
  readonly depths: Depths;
  readonly outcomes: Outcomes;
  /** In wall-clock time. */
  readonly lastTick?: Instant;
}

/** Why the state is unknown: Redis does not answer, or what it holds is damaged. */
export type NoVitals = Pick<Facts, "refusal" | "damage">;

const gone = (): NoVitals => ({
  refusal: { what: "Redis does not answer", advice: "Check that Redis runs.", since: Date.now() },
});

/** How long Redis may take. A scrape gives up after ten seconds, a health check after five. */
const ANSWER_TIMEOUT = 2 * SECOND;

/** Reads the state of what runs. It is unknown while nothing runs or Redis does not answer in time. */
export function readVitals(running: () => Running | undefined): () => Promise<Vitals | NoVitals> {
  let pending: Promise<Vitals | NoVitals> | undefined;

  async function read({ bot, workers: { queues } }: Running): Promise<Vitals | NoVitals> {
    try {
      const [facts, depths, outcomes, lastTick] = await Promise.all([
        bot.healthIssues.all().then((known) => takeSnapshot(bot, known)),
        queues.depths(),
        queues.outcomes(),
        queues.lastTick(),
      ]);
      return { facts, depths, outcomes, ...(lastTick !== undefined && { lastTick }) };
    } catch (error) {
      // A damaged key is not an unreachable Redis, and is repaired in another way.
      return error instanceof PermanentError ? { damage: damageOf(error) } : gone();
    } finally {
      pending = undefined;
    }
  }

  return async () => {
    const present = running();
    if (!present) return gone();
    // While Redis is unreachable, commands wait for it, so only one read runs at a time.
    pending ??= read(present);
    const late = Promise.withResolvers<NoVitals>();
    const timer = setTimeout(() => late.resolve(gone()), ANSWER_TIMEOUT);
    try {
      return await Promise.race([pending, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

const damageOf = ({ message, advice }: PermanentError): RedisProblem => ({
  what: message,
  advice,
  since: Date.now(),
});
