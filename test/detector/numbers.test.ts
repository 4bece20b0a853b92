import { describe, expect, test } from "vitest";
import { bell, generated, scattered } from "../../simulator/braze/counts.ts";
import { decodeState, encodeState, newState, observe, verdictOf } from "../../src/detector/detector.ts";
import { anscombe, transformOf } from "../../src/detector/transform.ts";
import { isWithin, type Verdict } from "../../src/detector/verdict/verdict.ts";
import type { NumberKind } from "../../src/metrics/metric.ts";
import { defaultRules, type Rules } from "../../src/settings/watch.ts";
import { DAY, HOUR, WEEK } from "../../src/time/time.ts";

const start = Date.UTC(2026, 0, 5);
const sessions = generated({ seed: 3, level: 900, zone: "UTC" });

/** The money of an hour: orders of $25 and a few large ones, and refunds that are written at night. */
function moneyAt(hour: number): number {
  const orders = scattered(5, hour / HOUR, sessions(hour) / 12);
  const amounts = Array.from({ length: orders }, (_, i) => 25 * Math.exp(0.8 * bell(100 + i, hour / HOUR)));
  const refunds = (hour / HOUR) % 24 === 3 ? 180 : 0;
  return Math.round(100 * (amounts.reduce((a, b) => a + b, 0) - refunds)) / 100;
}

function verdictsOn(
  values: readonly number[],
  { kind, unit = "hour", rules = defaultRules }: { kind: NumberKind; unit?: "hour" | "day"; rules?: Rules },
): Verdict[] {
  const state = newState({ unit, kind, zone: "UTC" });
  const step = unit === "hour" ? HOUR : DAY;
  return values.map((value, i) => verdictOf(observe(state, start + i * step, value), rules));
}

const weeks = (n: number) => Array.from({ length: (n * WEEK) / HOUR }, (_, i) => moneyAt(start + i * HOUR));

describe("the transform", () => {
  test.each(["money", "level", "count"] as const)("of %s is undone by its inverse", (kind) => {
    const { inverse, isSigned } = transformOf(kind);
    for (const value of [0, 1, 7, 118_699, 9e9, ...(isSigned ? [-1, -250, -118_699] : [])])
      expect(inverse(anscombe(value)) / (value || 1)).toBeCloseTo(value === 0 ? 0 : 1, 9);
  });

  test("rises without a step where money turns negative", () => {
    const values = [-1_000, -10, -1, 0, 1, 10, 1_000].map(anscombe);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(anscombe(-1e-9)).toBeCloseTo(anscombe(0), 6);
  });
});

describe("money", () => {
  test("with refunds, cents and nights at a loss gives no more than a few false alarms", () => {
    const verdicts = verdictsOn(weeks(10), { kind: "money" }).slice((2 * WEEK) / HOUR);
    const anomalous = verdicts.filter(({ kind }) => kind === "anomalous");
    expect(verdicts.every(({ kind }) => kind !== "not-evaluated")).toBe(true);
    expect(anomalous.length).toBeLessThan(15);
  });

  test.each([
    ["an outage of the checkout", () => 0, "drop"],
    ["the loss of most of it", (value: number) => 0.3 * value, "drop"],
    ["refunds that exceed the sales", (value: number) => -value, "drop"],
    ["twice as much", (value: number) => 2.5 * value, "spike"],
  ] as const)("%s is an alert within two hours, in dollars", (_, change, direction) => {
    const values = weeks(6);
    const noon = (5 * WEEK + 2 * DAY) / HOUR + 12;
    const changed = values.map((value, i) =>
      i >= noon && i < noon + 3 ? Math.round(100 * change(value)) / 100 : value,
    );
    const [found] = verdictsOn(changed, { kind: "money" })
      .slice(noon, noon + 2)
      .filter(({ kind }) => kind === "anomalous");
    expect(found).toMatchObject({ kind: "anomalous", direction });
    if (found?.kind !== "anomalous") return;
    const { observed, expected, low } = found.score;
    expect(observed).toBe(changed[noon + (found.bucket === start + noon * HOUR ? 0 : 1)]);
    // What is usual at that hour, and not in cents.
    expect(expected).toBeGreaterThan(300);
    expect(expected).toBeLessThan(6_000);
    expect(low).toBeLessThan(expected);
  });

  test("an hour alerts exactly when it lies outside the range that is shown, to the cent", () => {
    const values = weeks(5).map((value, i) =>
      i % 97 === 13 ? 0.2 * value : i % 89 === 5 ? 2 * value - 300 : value,
    );
    const verdicts = verdictsOn(values, {
      kind: "money",
      rules: { ...defaultRules, minAbsoluteChange: 200 },
    });
    let anomalies = 0;
    for (const verdict of verdicts) {
      if (verdict.kind === "not-evaluated") continue;
      if (verdict.kind === "anomalous") anomalies++;
      const { observed } = verdict.score;
      expect([verdict.bucket, isWithin(observed, verdict.score)]).toEqual([
        verdict.bucket,
        verdict.kind === "normal",
      ]);
    }
    expect(anomalies).toBeGreaterThan(5);
  });

  test("a change below the minimum in dollars never alerts", () => {
    const values = weeks(4);
    const noon = (3 * WEEK) / HOUR + 12;
    values[noon] = 0;
    const rules = { ...defaultRules, minAbsoluteChange: 1e6 };
    expect(verdictsOn(values, { kind: "money", rules })[noon]?.kind).toBe("normal");
  });

  test("what was learned is packed and unpacked with its kind", () => {
    const state = newState({ unit: "hour", kind: "money", zone: "UTC" });
    for (const [i, value] of weeks(2).entries()) observe(state, start + i * HOUR, value);
    expect(decodeState(encodeState(state))).toEqual(state);
  });
});

describe("a level", () => {
  const drifting = Array.from({ length: 200 }, (_, i) =>
    Math.round(1_000_000 * 1.001 ** i + 300 * bell(9, i)),
  );

  test("that drifts slowly gives no alert, and one that falls by a tenth over night does", () => {
    expect(
      verdictsOn(drifting, { kind: "level", unit: "day" }).filter(({ kind }) => kind === "anomalous"),
    ).toEqual([]);
    const fallen = drifting.map((value, i) => (i >= 150 ? 0.88 * value : value));
    expect(verdictsOn(fallen, { kind: "level", unit: "day" })[150]).toMatchObject({
      kind: "anomalous",
      direction: "drop",
    });
  });

  test("that stays the same for weeks is evaluated all the same, since an estimate may", () => {
    const verdicts = verdictsOn(Array(120).fill(26_660), { kind: "level", unit: "day" });
    expect(verdicts.at(-1)?.kind).toBe("normal");
  });
});
