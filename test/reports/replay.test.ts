import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { type Evidence, verdictOf } from "../../src/detector/detector.ts";
import { replay } from "../../src/reports/replay.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { anEvent, anExclusion, noon } from "../support/builders.ts";

const profile = { unit: "hour", zone: "Europe/Berlin" } as const;
const first = noon - 8 * WEEK;
const LENGTH = (8 * WEEK) / HOUR + 1;

/** Eight weeks of counts, with gaps and something that happens near the end. */
const aSeries = (seed: number, gaps: readonly number[], factor: number, hours: number) => {
  const counts = generated({ seed, level: 300, zone: "Europe/Berlin" });
  return Array.from({ length: LENGTH }, (_, i) => {
    if (gaps.includes(i)) return undefined;
    const sessions = counts(first + i * HOUR);
    return i >= LENGTH - hours ? Math.round(sessions * factor) : sessions;
  });
};

const verdicts = (evidence: readonly Evidence[]) =>
  evidence
    .map((seen) => verdictOf(seen, defaultRules))
    .map((verdict) => ({ bucket: verdict.bucket, kind: verdict.kind }));

describe("a replay", () => {
  test("from a stored state gives the same result as from the beginning of the history", () => {
    const wild = fc.record({
      seed: fc.nat({ max: 1_000 }),
      gaps: fc.array(fc.nat({ max: LENGTH - 1 }), { maxLength: 40 }),
      factor: fc.constantFrom(0, 0.4, 1, 2.5),
      hours: fc.integer({ min: 1, max: 20 }),
      saved: fc.integer({ min: 6, max: 60 }),
    });
    fc.assert(
      fc.property(wild, ({ seed, gaps, factor, hours, saved }) => {
        const history = { first, values: aSeries(seed, gaps, factor, hours) };
        const from = noon - 5 * HOUR;
        const whole = replay({ history }, profile, from, noon - saved * HOUR);
        const state = whole.saved!;
        const short = replay({ history, state }, profile, from, noon - 6 * HOUR);
        expect(verdicts(short.evidence)).toEqual(verdicts(whole.evidence));
        expect(short.saved?.through).toBe(noon - 6 * HOUR);
      }),
      { numRuns: 60 },
    );
  });

  test("from a stored state gives the same result after feedback about its past, before or since", () => {
    const span = fc.record({ from: fc.integer({ min: 2, max: 500 }), hours: fc.nat({ max: 40 }) });
    const because = fc.constantFrom("hand" as const, "label" as const, "new-level" as const);
    const wild = fc.record({
      seed: fc.nat({ max: 1_000 }),
      factor: fc.constantFrom(0, 0.4, 2.5),
      hours: fc.integer({ min: 1, max: 60 }),
      saved: fc.integer({ min: 6, max: 60 }),
      known: fc.array(fc.record({ span, because }), { maxLength: 3 }),
      since: fc.array(fc.record({ span, because }), { maxLength: 2 }),
      planned: fc.option(span),
    });
    const excluded = (all: readonly { span: { from: number; hours: number }; because: "hand" }[]) =>
      all.map(({ span: { from, hours }, because }, i) =>
        anExclusion({ id: String(i), from: noon - from * HOUR, to: noon - (from - hours) * HOUR, because }),
      );
    fc.assert(
      fc.property(wild, ({ seed, factor, hours, saved, known, since, planned }) => {
        const history = { first, values: aSeries(seed, [], factor, hours) };
        const from = noon - 5 * HOUR;
        const before = excluded(known as never);
        const exclusions = [...before, ...excluded(since as never)];
        const events = planned
          ? [
              anEvent({
                from: noon - planned.from * HOUR,
                to: noon - (planned.from - planned.hours) * HOUR + 1,
              }),
            ]
          : [];
        const state = replay({ history, exclusions: before }, profile, from, noon - saved * HOUR).saved!;
        const now = { ...profile, events };
        const whole = replay({ history, exclusions }, now, from, noon - 6 * HOUR);
        const short = replay({ history, exclusions, state }, now, from, noon - 6 * HOUR);
        expect(short).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test("from a stored state gives the same result where something was sent, known before or since", () => {
    const sending = fc.array(
      fc.record({ hours: fc.integer({ min: 0, max: 900 }), id: fc.constantFrom("a", "b") }),
      {
        maxLength: 20,
      },
    );
    const wild = fc.record({
      seed: fc.nat({ max: 1_000 }),
      factor: fc.constantFrom(0.4, 1, 2.5),
      hours: fc.integer({ min: 1, max: 20 }),
      saved: fc.integer({ min: 6, max: 60 }),
      known: sending,
      since: sending,
    });
    const sent = (some: readonly { hours: number; id: string }[]) =>
      some.map(({ hours, id }) => ({ id, kind: "campaign" as const, time: noon - hours * HOUR + 600_000 }));
    fc.assert(
      fc.property(wild, ({ seed, factor, hours, saved, known, since }) => {
        const history = { first, values: aSeries(seed, [], factor, hours) };
        const from = noon - 5 * HOUR;
        const before = { ...profile, sends: sent(known) };
        const after = { ...profile, sends: sent([...known, ...since]) };
        const state = replay({ history }, before, from, noon - saved * HOUR).saved!;
        const short = replay({ history, state }, after, from, noon - 6 * HOUR);
        const whole = replay({ history }, after, from, noon - 6 * HOUR);
        expect(short).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test("continues from a stored state when a send lies after it", () => {
    const history = { first, values: aSeries(3, [], 1, 1) };
    const { saved } = replay({ history }, profile, noon, noon - 6 * HOUR);
    const later = { ...profile, sends: [{ id: "a", kind: "campaign" as const, time: noon - HOUR }] };
    const short = { history: { ...history, values: history.values.with(0, 90_000) }, state: saved! };
    const { evidence } = replay(short, later, noon, noon - 6 * HOUR);
    expect(verdicts(evidence)).toEqual(verdicts(replay({ history }, later, noon, noon - 6 * HOUR).evidence));
  });

  test("of a send that goes out each week from some week on alerts in none of these weeks, and once it stays out", () => {
    const start = noon - 36 * WEEK;
    const times = Array.from({ length: 25 }, (_, weeks) => noon - weeks * WEEK);
    const sends = times.map((time) => ({ id: "news", kind: "campaign" as const, time }));
    const counts = generated({ seed: 3, level: 300, zone: "Europe/Berlin" });
    const brings = new Map(times.flatMap((time) => [2, 1.6, 1.3].map((by, i) => [time + i * HOUR, by])));
    const values = Array.from({ length: (36 * WEEK) / HOUR + 1 }, (_, i) => {
      const hour = start + i * HOUR;
      return Math.round(counts(hour) * (brings.get(hour) ?? 1));
    });
    const anomalous = (its: object, history = values) =>
      verdicts(
        replay({ history: { first: start, values: history } }, { ...profile, ...its }, times.at(-1)!, noon)
          .evidence,
      ).filter(({ bucket, kind }) => kind === "anomalous" && (bucket === noon || brings.has(bucket)));
    expect(anomalous({ sends })).toEqual([]);
    expect(anomalous({}).length).toBeGreaterThan(10);
    const without = values.with(-1, Math.round(counts(noon)));
    expect(anomalous({ sends: sends.slice(1) }, without).map(({ bucket }) => bucket)).toEqual([noon]);
  });

  test("learns nothing from the hours after a send", () => {
    const sends = [10, 40, 90].map((hours) => ({
      id: "a",
      kind: "campaign" as const,
      time: noon - hours * HOUR,
    }));
    const values = aSeries(3, [], 1, 0);
    // A tenth more: far within what a send may do.
    const more = values.map((value, i) =>
      sends.some(({ time }) => first + i * HOUR >= time && first + i * HOUR < time + 4 * HOUR)
        ? Math.round(value! * 1.1)
        : value,
    );
    const expectedNow = (counts: readonly (number | undefined)[], its = {}) => {
      const [seen] = replay(
        { history: { first, values: counts } },
        { ...profile, ...its },
        noon,
        noon,
      ).evidence;
      const verdict = verdictOf(seen!, defaultRules);
      return verdict.kind === "not-evaluated" ? undefined : verdict.score.expected;
    };
    expect(expectedNow(more, { sends })).toBe(expectedNow(values, { sends }));
    expect(expectedNow(more)).not.toBe(expectedNow(values));
  });

  test("continues from a stored state when the feedback lies after it", () => {
    const history = { first, values: aSeries(3, [], 1, 1) };
    const { saved } = replay({ history }, profile, noon, noon - 6 * HOUR);
    const later = [anExclusion({ from: noon - 2 * HOUR, to: noon - HOUR })];
    const short = { history: { ...history, values: history.values.with(0, 90_000) }, state: saved! };
    const { evidence } = replay({ ...short, exclusions: later }, profile, noon, noon - 6 * HOUR);
    // The first hour of the history is not looked at again.
    expect(verdicts(evidence)).toEqual(
      verdicts(replay({ history, exclusions: later }, profile, noon, noon - 6 * HOUR).evidence),
    );
  });

  test("returns only the requested buckets", () => {
    const history = { first, values: aSeries(1, [], 1, 1) };
    const { evidence } = replay({ history }, profile, noon - 2 * HOUR, noon - 6 * HOUR);
    expect(evidence.map(({ bucket }) => bucket)).toEqual([noon - 2 * HOUR, noon - HOUR, noon]);
  });

  test("starts from the beginning where the stored state has another version", () => {
    const history = { first, values: aSeries(1, [], 0, 2) };
    const broken = { through: noon - 6 * HOUR, bytes: new Uint8Array([255, 1, 2]) };
    const again = replay({ history, state: broken }, profile, noon, noon - 6 * HOUR);
    expect(verdicts(again.evidence)).toEqual(
      verdicts(replay({ history }, profile, noon, noon - 6 * HOUR).evidence),
    );
  });

  test.each([
    ["moved to another zone", { ...profile, zone: "America/New_York" }],
    ["given the holidays of another country", { ...profile, country: "US" }],
  ])("learns again what was learned before the app was %s", (_, moved) => {
    const history = { first, values: aSeries(3, [], 1, 0) };
    const state = replay({ history }, profile, noon, noon - 9 * HOUR).saved!;
    const anew = replay({ history }, moved, noon, noon - 9 * HOUR);
    expect(replay({ history, state }, moved, noon, noon - 9 * HOUR)).toEqual(anew);
    expect(anew.saved!.bytes).not.toEqual(state.bytes);
  });
});
