import { describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import type { ReplayInput } from "../../src/reports/replay.ts";
import { explain } from "../../src/reports/why.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { whyText } from "../../src/text/why.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const zone = "Europe/Berlin";
const profile = { unit: "hour", zone } as const;
const first = noon - 8 * WEEK;
const counts = generated({ seed: 3, level: 1_500, zone });
const sessions = Array.from({ length: (8 * WEEK) / HOUR + 1 }, (_, i) => counts(first + i * HOUR));
const withLast = (last: number | undefined) => ({
  history: { first, values: [...sessions.slice(0, -1), last] },
});

const headlineOf = (input: ReplayInput) =>
  whyText(explain(input, profile, defaultRules, noon)!, { unit: "hour" }, zone).headline;

describe("explain", () => {
  test("gives the numbers behind a drop", () => {
    const explanation = explain(withLast(300), profile, defaultRules, noon)!;
    expect(explanation.verdict).toMatchObject({ kind: "anomalous", direction: "drop" });
    expect(explanation.comparable).toHaveLength(8);
    expect(explanation.comparable[0]).toEqual({ bucket: noon - WEEK, value: counts(noon - WEEK) });
    expect(explanation.numbers?.windows[0]?.window).toBe(1);
    expect(explanation.numbers?.windows[0]?.anomalyScore).toBeGreaterThan(5);
    expect(explanation.numbers?.holiday).toBe(false);
    expect(explanation.numbers?.limits).toMatchObject({ minRelativeChange: 0.1, threshold: 3.6 });
  });

  test("gives the explanation in plain words", () => {
    const { headline, lines } = whyText(
      explain(withLast(300), profile, defaultRules, noon)!,
      { unit: "hour" },
      zone,
    );
    const words = lines.join("\n");
    expect(headline).toMatch(/^Tue 16 Jun 14:00 · 300 sessions, expected 1,\d{3} \([\d,]+–[\d,]+\), −\d\d%$/);
    expect(words).toMatch(
      /outside the expected range: a drop, critical\nanomaly score \d+\.\d, alerts at 3\.6; most unusual: this hour alone/,
    );
    expect(words).toMatch(/same hour in past weeks, newest first: 1,\d{3} · /);
    expect(words).toMatch(
      /given the hours before, this watch alerts at 1,\d{3} or fewer, or at \d,\d{3} or more/,
    );
  });

  test("says why an hour could not be evaluated, and when evaluation starts", () => {
    expect(headlineOf(withLast(undefined))).toBe(
      "Tue 16 Jun 14:00 · not evaluated: Braze returned no data for it",
    );
    const young = { history: { first: noon - 48 * HOUR, values: sessions.slice(0, 49) } };
    expect(headlineOf(young)).toMatch(/there is too little history yet; there will be enough from .*$/);
  });

  test("compares by local time across a clock change", () => {
    const march = Date.UTC(2026, 2, 31, 7);
    const history = { first: march - 2 * WEEK, values: Array.from({ length: 337 }, (_, i) => i) };
    const [lastWeek] = explain({ history }, profile, defaultRules, march)!.comparable;
    expect(lastWeek?.bucket).toBe(march - WEEK + HOUR);
  });

  test("has no explanation for an hour outside the history", () => {
    expect(explain(withLast(300), profile, defaultRules, noon + HOUR)).toBeUndefined();
  });
});
