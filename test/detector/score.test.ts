import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeState, newState, observe } from "../../src/detector/detector.ts";
import { defaultParameters } from "../../src/detector/parameters.ts";
import { score } from "../../src/detector/score.ts";
import { calendarPositionOf } from "../../src/detector/seasonality.ts";
import { HOUR } from "../../src/time/time.ts";
import { berlin, monday } from "./replayed.ts";

test("scoring a bucket changes nothing and gives the same numbers as learning it", () => {
  const counts = fc.array(fc.nat(500), { minLength: 200, maxLength: 400 });
  fc.assert(
    fc.property(counts, fc.nat(2_000), (past, now) => {
      const state = newState(berlin);
      for (const [i, count] of past.entries()) observe(state, monday + i * HOUR, count);
      const bucket = monday + past.length * HOUR;
      const before = encodeState(state);
      const scored = score(state, bucket, now, calendarPositionOf(bucket, berlin), true, defaultParameters);
      expect(encodeState(state)).toEqual(before);
      const observed = observe(state, bucket, now);
      if (!("notEvaluated" in observed)) expect(observed).toEqual(scored);
    }),
    { numRuns: 50 },
  );
});
