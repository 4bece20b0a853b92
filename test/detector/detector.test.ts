import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { newState, observe, type Reading } from "../../src/detector/detector.ts";
import { HOUR, stepOf } from "../../src/time/time.ts";
import { anomalies, berlin, monday, poisson, scoreOf, verdictsOn } from "./replayed.ts";

const counts = generated({ seed: 3, level: 400, zone: "Europe/Berlin" });
const hours = (count: number, change: (sessions: number, i: number) => Reading = (sessions) => sessions) =>
  Array.from({ length: count }, (_, i) => change(counts(monday + i * HOUR), i));
const week = 168;

describe("an hour", () => {
  test.each([
    ["an outage of one hour", 1_500, 1, 0, "drop"],
    ["half of the sessions missing", 1_505, 3, 0.5, "drop"],
    ["a third missing for half a day", 1_500, 12, 0.67, "drop"],
    ["three times as many", 1_500, 2, 3, "spike"],
    ["half as many again for half a day", 1_500, 12, 1.5, "spike"],
  ])("of %s is anomalous, and only then", (_, from, length, factor, direction) => {
    const readings = hours(1_600, (sessions, i) =>
      i >= from && i < from + length ? Math.round(Number(sessions) * factor) : sessions,
    );
    const found = anomalies(verdictsOn(readings)).filter((found) => Number(found.split(" ")[0]) >= 1_450);
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) {
      const [at, way] = each.split(" ");
      expect(way).toBe(direction);
      expect(Number(at)).toBeGreaterThanOrEqual(from);
      expect(Number(at)).toBeLessThan(from + length);
    }
  });

  test("after an outage is normal at once, although longer windows still contain the outage", () => {
    const readings = hours(1_600, (sessions, i) => (i >= 1_500 && i < 1_503 ? 0 : sessions));
    expect(anomalies(verdictsOn(readings).slice(1_490))).toEqual(["10 drop", "11 drop", "12 drop"]);
  });

  test.each([
    ["missing", "missing"],
    ["partial", "partial"],
  ] as const)("that is %s is not evaluated and never a drop", (reading, because) => {
    const readings = hours(1_500, (sessions, i) => (i === 1_400 ? reading : sessions));
    const verdicts = verdictsOn(readings);
    expect(verdicts[1_400]).toMatchObject({ kind: "not-evaluated", because });
    expect(anomalies(verdicts.slice(1_390))).toEqual([]);
  });
});

describe("a series of two sessions an hour", () => {
  const silentFor = (length: number, seed: number) => {
    const draw = poisson(2, seed);
    return Array.from({ length: 8 * week + 100 }, (_, i) => {
      const sessions = draw();
      return i >= 8 * week + 50 && i < 8 * week + 50 + length ? 0 : sessions;
    });
  };

  test("does not alert because of one zero", () => {
    expect(anomalies(verdictsOn(silentFor(1, 1)).slice(8 * week + 40))).toEqual([]);
  });

  test("is found silent, mostly within six hours and always within twelve", () => {
    const found = Array.from({ length: 20 }, (_, seed) => {
      const verdicts = verdictsOn(silentFor(12, seed + 1)).slice(8 * week + 50, 8 * week + 62);
      return verdicts.findIndex(({ kind }) => kind === "anomalous");
    });
    expect(found.filter((hour) => hour >= 0 && hour < 6).length).toBeGreaterThanOrEqual(12);
    expect(found).not.toContain(-1);
  });
});

describe("a cold start", () => {
  const verdicts = verdictsOn(hours(5 * week));

  test("is not evaluated for a week, and the verdict says when it will be ready", () => {
    const readyAt = monday + week * HOUR;
    expect(verdicts[0]).toEqual({
      kind: "not-evaluated",
      bucket: monday,
      because: "too-little-history",
      readyAt,
    });
    expect(verdicts[week - 1]).toMatchObject({ because: "too-little-history" });
    expect(verdicts[week]).toMatchObject({ kind: "normal" });
  });

  test("with gaps in its first week is no staler than without", () => {
    const gappy = verdictsOn(
      hours(2 * week, (sessions, i) => (i < week && i % 10 === 3 ? "missing" : sessions)),
    );
    expect(gappy.slice(week).filter((v) => v.kind === "not-evaluated" && v.because === "stale")).toEqual([]);
  });

  test("raises no false alarm during its first weeks", () => {
    expect(anomalies(verdicts.slice(0, 2 * week))).toEqual([]);
  });

  test("finds an outage on the ninth day", () => {
    const readings = hours(2 * week, (sessions, i) => (i >= 203 && i < 206 ? 0 : sessions));
    expect(anomalies(verdictsOn(readings))).toContain("203 drop");
  });

  test("of a newly tracked segment begins with its first sessions", () => {
    const late = verdictsOn(hours(4 * week, (sessions, i) => (i < 300 ? 0 : sessions)));
    expect(late[299]).toEqual({
      kind: "not-evaluated",
      bucket: monday + 299 * HOUR,
      because: "too-little-history",
    });
    expect(late[310]).toMatchObject({ readyAt: monday + (300 + week) * HOUR });
    expect(late[300 + week]).toMatchObject({ kind: "normal" });
    expect(anomalies(late)).toEqual([]);
  });
});

describe("what cannot be evaluated", () => {
  test("a count that has not changed for a week is flat", () => {
    expect(verdictsOn(Array(3 * week).fill(7)).at(-1)).toMatchObject({ because: "flat" });
  });

  test("after days without counts a series is stale until half of two days is known again", () => {
    const readings = hours(6 * week, (sessions, i) => (i >= 700 && i < 800 ? "missing" : sessions));
    const verdicts = verdictsOn(readings);
    expect(verdicts[800]).toMatchObject({ because: "stale" });
    expect(verdicts[850]).toMatchObject({ kind: "normal" });
  });

  test("skipped buckets count as missing buckets", () => {
    const [skipping, missing] = [newState(berlin), newState(berlin)];
    for (const [i, reading] of hours(700).entries()) {
      const isGap = i >= 500 && i < 520;
      if (!isGap) observe(skipping, monday + i * HOUR, reading);
      observe(missing, monday + i * HOUR, isGap ? "missing" : reading);
    }
    const next = (state: typeof skipping) => observe(state, monday + 700 * HOUR, 100);
    expect(next(skipping)).toEqual(next(missing));
  });
});

test("a clock change causes no alert", () => {
  // Summer time began in Berlin on 29 March 2026 and ended on 25 October.
  const begin = Date.UTC(2026, 1, 9);
  const state = newState(berlin);
  const unexpected = Array.from({ length: 40 * week }, (_, i) => begin + i * HOUR)
    .map((hour) => observe(state, hour, generated({ seed: 1, level: 900, zone: "Europe/Berlin" })(hour)))
    .filter((seen) =>
      [Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 25)].some((day) => Math.abs(seen.bucket - day) < 60 * HOUR),
    )
    .filter((seen) => Math.abs(scoreOf(seen)?.anomalyScore ?? 0) >= 3.6);
  expect(unexpected).toEqual([]);
}, 120_000);

test("a holiday may look like its weekday or like a Sunday, and anything below both is a drop", () => {
  const profile = { unit: "hour", zone: "America/New_York" } as const;
  const seasonal = generated({ seed: 2, level: 900, zone: "America/New_York" });
  const begin = Date.UTC(2026, 2, 30);
  const onTheFourth = (change: (hour: number) => number) => {
    const state = newState(profile);
    const seen = Array.from({ length: 14 * week }, (_, i) => begin + i * HOUR).map((hour) => {
      const isObserved = hour >= Date.UTC(2026, 6, 3, 4) && hour < Date.UTC(2026, 6, 4, 4);
      return observe(state, hour, isObserved ? change(hour) : seasonal(hour));
    });
    return seen.slice((Date.UTC(2026, 6, 3, 12) - begin) / HOUR, (Date.UTC(2026, 6, 4, 0) - begin) / HOUR);
  };
  const scores = (change: (hour: number) => number) =>
    onTheFourth(change).map((seen) => scoreOf(seen)?.anomalyScore ?? 0);
  // The Sunday before, hour by hour.
  expect(Math.min(...scores((hour) => seasonal(hour - 5 * 24 * HOUR)))).toBeGreaterThan(-3);
  expect(Math.min(...scores(() => 0))).toBeLessThan(-3.6);
});

test("a lasting change of level is the expected level within a week of its third day", () => {
  const readings = hours(13 * week, (sessions, i) =>
    i >= 9 * week ? Math.round(Number(sessions) * 0.6) : sessions,
  );
  const verdicts = verdictsOn(readings);
  expect(anomalies(verdicts.slice(9 * week)).length).toBeGreaterThan(0);
  expect(anomalies(verdicts.slice(10 * week)).length).toBeLessThan(3);
  const { score } = verdicts[12 * week] as { score: { expected: number; observed: number } };
  expect(Math.abs(score.expected / score.observed - 1)).toBeLessThan(0.3);
});

describe("a series of days", () => {
  const draw = poisson(1_000, 4);
  const days = Array.from({ length: 200 }, (_, i) => (i % 7 >= 5 ? Math.round(draw() * 0.7) : draw()));
  const profile = { unit: "day", zone: "Europe/Berlin" } as const;

  test("is evaluated from the fourth week on, with a weekly pattern", () => {
    const verdicts = verdictsOn(days, profile);
    expect(verdicts[20]).toMatchObject({ kind: "not-evaluated" });
    expect(verdicts[21]).toMatchObject({ kind: "normal" });
    expect(anomalies(verdicts.slice(60))).toEqual([]);
  });

  test("shows a day with half the sessions as a drop", () => {
    const readings = days.map((sessions, i) => (i === 150 ? sessions / 2 : sessions));
    expect(anomalies(verdictsOn(readings, profile).slice(140))).toEqual(["10 drop"]);
  });
});

test("any input gives finite numbers", () => {
  const reading = fc.oneof(fc.nat(5), fc.nat(100_000), fc.constantFrom<Reading>("missing", "partial", 0));
  fc.assert(
    fc.property(
      fc.array(reading, { minLength: 300, maxLength: 900 }),
      fc.constantFrom("hour", "day"),
      (readings, unit) => {
        const state = newState({ unit, zone: "America/New_York" });
        for (const [i, each] of readings.entries()) {
          const seen = observe(state, monday + i * stepOf(unit), each);
          const score = scoreOf(seen);
          if (!score) continue;
          const { low, high, observed, expected, anomalyScore } = score;
          for (const number of [low, high ?? 0, observed, expected, anomalyScore])
            expect(number).not.toBeNaN();
          expect(low).toBeLessThanOrEqual(Math.max(1, Math.ceil(expected)));
          expect(high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(Math.floor(expected));
        }
      },
    ),
    { numRuns: 40 },
  );
});
