import { expect, test } from "vitest";
import { runCooperatively } from "../../../src/pipeline/reports/cooperative.ts";
import { replay, replayCooperatively } from "../../../src/reports/replay.ts";
import { DAY, HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";

const first = noon - 56 * DAY;
const values = Array.from({ length: 1_344 }, (_, i) => 1_000 + (i % 24) * 20 + (i % 7));
const series = { history: { first, values } };
const profile = { unit: "hour", zone: "UTC" } as const;

test("two long computations take turns and return the same results", async () => {
  const turns: string[] = [];
  function* lastNotified(name: string) {
    const slices = replayCooperatively(series, profile, noon - HOUR, noon - DAY);
    for (;;) {
      const { done, value } = slices.next();
      if (done) return value;
      turns.push(name);
      yield;
    }
  }
  const both = await Promise.all([
    runCooperatively(lastNotified("one")),
    runCooperatively(lastNotified("other")),
  ]);
  const whole = replay(series, profile, noon - HOUR, noon - DAY);
  expect(both).toEqual([whole, whole]);
  expect(turns.slice(0, 4)).toEqual(["one", "other", "one", "other"]);
  expect(turns).toHaveLength(32);
});
