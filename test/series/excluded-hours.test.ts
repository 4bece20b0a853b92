import { describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { newState, observe, type Reading, verdictOf } from "../../src/detector/detector.ts";
import { backtest } from "../../src/reports/backtest.ts";
import { replay } from "../../src/reports/replay.ts";
import { type Exclusion, excludedBuckets, exclusionId, feedbackOf } from "../../src/series/excluded-hours.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { DAY, HOUR, MINUTE, WEEK } from "../../src/time/time.ts";
import { anExclusion, noon } from "../support/builders.ts";

const at = (hours: number) => noon + hours * HOUR;

describe("a range of hours to exclude", () => {
  test.each([
    ["holds the hours it touches", at(0), at(3), "hour", "UTC", [at(0), at(2)]],
    [
      "holds the day by its own clock, also where that is half an hour off",
      Date.parse("2026-06-15T18:30Z"),
      Date.parse("2026-06-16T18:30Z"),
      "day",
      "Asia/Kolkata",
      [at(-12), at(-12)],
    ],
    ["holds an hour it only touches", at(0) + 20 * MINUTE, at(2) + 1, "hour", "UTC", [at(0), at(2)]],
    [
      "of a day is a day by the clock of the zone",
      at(-13),
      at(0),
      "day",
      "Europe/Berlin",
      [at(-12), at(-12)],
    ],
  ] as const)("%s", (_, from, to, unit, zone, [first, last]) => {
    expect(excludedBuckets(from, to, unit, zone)).toEqual({ from: first, to: last });
  });

  test.each([
    ["that ends before it begins", at(3), at(0), /Type the beginning first/],
    ["of more than half the history", at(0), at(0) + 5 * WEEK, /longer than 4 weeks/],
  ])("%s is refused with what to do", (_, from, to, message) => {
    expect(excludedBuckets(from, to, "hour", "UTC")).toMatch(message);
  });

  test("is named by its first and last bucket", () => {
    expect(exclusionId({ from: at(0), to: at(3) }, "hour")).toBe("2026-06-16T12/2026-06-16T15");
    expect(exclusionId({ from: at(-12), to: at(-12) + DAY }, "day")).toBe("2026-06-16/2026-06-17");
  });
});

test("where several rules apply to a bucket, the strictest counts", () => {
  const byHand = anExclusion({ from: at(0), to: at(1) });
  const byLabel = anExclusion({ id: "label", from: at(1), to: at(2), because: "label" });
  const { treatmentOf } = feedbackOf([byLabel, byHand], "hour");
  expect([0, 1, 2, 3].map((hours) => treatmentOf(at(hours)))).toEqual([
    "not-evaluated",
    "not-evaluated",
    "not-learned",
    undefined,
  ]);
});

const profile = { unit: "hour", zone: "UTC" } as const;
const counts = generated({ seed: 8, level: 500, zone: "UTC" });
const first = noon - 6 * WEEK;
const LENGTH = (6 * WEEK) / HOUR;

/** Six weeks, of which the last hours are what `change` makes of them, and the verdicts about what comes from `from` on. */
const verdictsFrom = (
  from: number,
  exclusions: readonly Exclusion[],
  change: (sessions: number, hour: number) => number,
) => {
  const values = Array.from({ length: LENGTH }, (_, i) =>
    Math.round(change(counts(first + i * HOUR), i - LENGTH)),
  );
  return replay({ history: { first, values }, exclusions }, profile, at(from), at(from)).evidence.map(
    (seen) => verdictOf(seen, defaultRules),
  );
};

describe("excluded hours", () => {
  // A third is missing from 36 hours ago until 6 hours ago.
  const dip = (sessions: number, hour: number) => (hour >= -36 && hour < -6 ? sessions * 0.66 : sessions);
  const range = { from: at(-36), to: at(-7) };

  test("by hand are not evaluated", () => {
    const verdicts = verdictsFrom(-37, [anExclusion(range)], dip);
    expect(verdicts.map(({ kind }) => kind).slice(0, 32)).toEqual([
      "normal",
      ...Array(30).fill("not-evaluated"),
      "normal",
    ]);
    expect(verdicts[1]).toMatchObject({ because: "excluded" });
  });

  test("with a label are evaluated as usual", () => {
    const verdicts = verdictsFrom(-36, [anExclusion({ ...range, because: "label" })], dip);
    expect(verdicts.slice(0, 30).map(({ kind }) => kind)).toContain("anomalous");
  });

  test.each(["hand", "label"] as const)("excluded by %s leave later expected values unchanged", (because) => {
    const expectedAfter = (exclusions: readonly Exclusion[], change: typeof dip) =>
      verdictsFrom(-1, exclusions, change).map((verdict) =>
        verdict.kind === "not-evaluated" ? 0 : verdict.score.expected,
      );
    const [undisturbed] = expectedAfter([], (sessions) => sessions);
    const [learned] = expectedAfter([], dip);
    const [excluded] = expectedAfter([anExclusion({ ...range, because })], dip);
    expect(Math.abs(excluded! - undisturbed!)).toBeLessThan(Math.abs(learned! - undisturbed!) / 2);
  });

  test("are not learned: neither baseline, scale, autoregression nor score histogram changes", () => {
    const state = newState(profile);
    for (let i = 0; i < 400; i++) observe(state, first + i * HOUR, counts(first + i * HOUR));
    const learned = () => {
      const { seasonal, seasonVariance, hourVariance, autocovariance, tails, seasonCount } = state;
      const { level, variance } = state;
      const { innovationVariance, dropMaximum, spikeMaximum, costliestZeroRun } = state;
      const arrays = [seasonal, seasonVariance, hourVariance, autocovariance, tails, seasonCount].map(
        (each) => [...each],
      );
      return { arrays, level, variance, innovationVariance, dropMaximum, spikeMaximum, costliestZeroRun };
    };
    const before = learned();
    const readings: Reading[] = [0, 0, 0, 9_000, 1, 300];
    for (const [i, reading] of readings.entries()) {
      observe(state, first + (400 + i) * HOUR, reading, undefined, "not-learned");
      observe(state, first + (400 + i) * HOUR, reading, undefined, "not-evaluated");
    }
    expect(learned()).toEqual(before);
  });

  test("do not make an app count as no longer read, however many they are", () => {
    const verdicts = verdictsFrom(-2, [anExclusion({ from: at(-200), to: at(-3) })], (sessions) => sessions);
    expect(verdicts.map(({ kind }) => kind)).toEqual(["normal", "normal"]);
  });
});

test("a backtest uses feedback as production does", () => {
  const values = Array.from({ length: LENGTH }, (_, i) => Math.round(counts(first + i * HOUR)));
  const exclusions = [anExclusion({ from: at(-40), to: at(-30) })];
  const { evidence } = backtest({ first, values, exclusions }, profile, defaultRules);
  expect(evidence).toEqual(
    replay({ history: { first, values }, exclusions }, profile, first, first).evidence,
  );
});

describe("a level labelled as new normal", () => {
  const halved = (sessions: number, hour: number) => (hour >= -30 ? sessions / 2 : sessions);

  test("is expected from the next hour on and alerts nobody again", () => {
    const accepted = anExclusion({ from: at(-30), to: at(-27), because: "new-level" });
    const verdicts = verdictsFrom(-30, [accepted], halved);
    expect(verdicts.slice(0, 4).map(({ kind }) => kind)).toContain("anomalous");
    expect(verdicts.slice(4).map(({ kind }) => kind)).toEqual(Array(26).fill("normal"));
    expect(
      verdictsFrom(-30, [], halved)
        .slice(4, 10)
        .map(({ kind }) => kind),
    ).toContain("anomalous");
  });

  test("still shows an outage", () => {
    const accepted = anExclusion({ from: at(-30), to: at(-27), because: "new-level" });
    const verdicts = verdictsFrom(-3, [accepted], (sessions, hour) =>
      hour >= -2 ? 0 : halved(sessions, hour),
    );
    expect(verdicts.map(({ kind }) => kind)).toEqual(["normal", "anomalous", "anomalous"]);
  });
});
