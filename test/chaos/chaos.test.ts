import { beforeAll, describe, expect, test } from "vitest";
import { faultsIn } from "./figures.ts";
import type { Outcome } from "./outcome.ts";
import { planOf } from "./plan.ts";
import { randomFrom } from "./random.ts";
import { chaosRun, LAST } from "./run.ts";

/** A run takes ten seconds, and many times that where other work keeps the machine busy: each kill loads a program anew. */
const TIMEOUT = 400_000;

// A handful of what `npm run chaos` does for hours.
let undisturbed: Outcome;
beforeAll(async () => {
  undisturbed = await chaosRun({ mishaps: [], mayRead: true });
}, TIMEOUT);

describe("an outage is posted once and its end once, and nothing people changed is lost", () => {
  test.each([3, 4])(
    "while processes are killed and replies of Redis lost as seed %d has it",
    async (seed) => {
      const mishaps = planOf(["kill", "between", "reply", "change"], LAST, randomFrom(seed));
      const run = await chaosRun({ mishaps, mayRead: true });
      expect(faultsIn(run, undisturbed), JSON.stringify({ mishaps, stuck: run.stuck })).toEqual([]);
    },
    TIMEOUT,
  );
});
