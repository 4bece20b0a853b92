import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generated, scattered } from "../../simulator/braze/counts.ts";
import { type Evidence, newState, observe, type Reading, verdictOf } from "../../src/detector/detector.ts";
import { LEAST_DENOMINATOR, rootNoiseOf } from "../../src/detector/ratio.ts";
import { transformOf } from "../../src/detector/transform.ts";
import { alertOf, limitsOf } from "../../src/detector/verdict/alert.ts";
import { isEvaluated } from "../../src/detector/verdict/evaluation.ts";
import { isWithin, type Verdict } from "../../src/detector/verdict/verdict.ts";
import { defaultRules, type Rules } from "../../src/settings/watch.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";

const start = Date.UTC(2026, 0, 5);
const week = WEEK / HOUR;

/** Hours with so many orders and sessions. */
interface Shop {
  readonly orders: number;
  readonly sessions: number;
}

/** Weeks of a shop in which every session orders by the same chance: both counts are Poisson's. */
function shop(weeks: number, { seed = 1, level = 900, share = 0.06 } = {}): Shop[] {
  const sessions = generated({ seed, level, zone: "UTC" });
  return Array.from({ length: weeks * week }, (_, i) => {
    const expected = sessions(start + i * HOUR);
    return { sessions: scattered(seed + 1, i, expected), orders: scattered(seed + 2, i, share * expected) };
  });
}

const ratioOf = ({ orders, sessions }: Shop): Reading => ({
  value: orders / Math.max(1, sessions),
  denominator: sessions,
});

function evidenceOf(readings: readonly Reading[], kind?: "ratio" | "money-ratio"): Evidence[] {
  const state = newState({ unit: "hour", zone: "UTC", ...(kind && { kind }) });
  return readings.map((reading, i) => observe(state, start + i * HOUR, reading));
}

const verdictsOf = (readings: readonly Reading[], rules: Rules = defaultRules): Verdict[] =>
  evidenceOf(readings, "ratio").map((seen) => verdictOf(seen, rules));

const alerts = (verdicts: readonly Verdict[]): number =>
  verdicts.filter(({ kind }, i) => kind === "anomalous" && verdicts[i - 1]?.kind !== "anomalous").length;

describe("the noise of a ratio", () => {
  test.each([
    [0.06, 400],
    [0.5, 100],
    [3, 60],
  ])("%d of %d strays by what simulated Poisson counts stray by", (ratio, sessions) => {
    const roots = Array.from({ length: 20_000 }, (_, i) =>
      Math.sqrt(scattered(5, i, ratio * sessions) / scattered(6, i, sessions)),
    );
    const mean = roots.reduce((a, b) => a + b) / roots.length;
    const deviation = Math.sqrt(roots.reduce((sum, root) => sum + (root - mean) ** 2, 0) / roots.length);
    expect(deviation / rootNoiseOf(ratio, sessions)).toBeGreaterThan(0.95);
    expect(deviation / rootNoiseOf(ratio, sessions)).toBeLessThan(1.1);
  });
});

test("ratios of Poisson counts alert no more often than the sessions that they are counted for", () => {
  const shops = [60, 300, 2_000].flatMap((level) =>
    [1, 11, 21, 31].map((seed) => shop(10, { seed, level, share: level < 100 ? 0.5 : 0.06 })),
  );
  const [ofRatios, ofSessions] = shops.reduce(
    ([ratios, sessions], hours) => {
      const alertsOf = (verdicts: readonly Verdict[]) => alerts(verdicts.slice(3 * week));
      const counts = hours.map((hour) => hour.sessions);
      return [
        ratios + alertsOf(verdictsOf(hours.map(ratioOf))),
        sessions + alertsOf(evidenceOf(counts).map((seen) => verdictOf(seen, defaultRules))),
      ];
    },
    [0, 0],
  );
  expect(ofRatios).toBeLessThanOrEqual(ofSessions);
});

test.each([
  [
    "orders fall by 70%",
    ({ orders, sessions }: Shop) => ({ orders: Math.round(0.3 * orders), sessions }),
    "drop",
  ],
  ["orders stop", ({ sessions }: Shop) => ({ orders: 0, sessions }), "drop"],
  ["orders double", ({ orders, sessions }: Shop) => ({ orders: 2 * orders, sessions }), "spike"],
] as const)("when %s and sessions do not, the ratio alerts within two hours", (_, change, direction) => {
  const hours = shop(6, { level: 2_000 });
  const from = 5 * week + 36;
  const verdicts = verdictsOf(hours.map((hour, i) => ratioOf(i < from ? hour : change(hour))));
  const found = verdicts.slice(from).findIndex(({ kind }) => kind === "anomalous");
  expect(found).toBeGreaterThanOrEqual(0);
  expect(found).toBeLessThan(2);
  expect(verdicts[from + found]).toMatchObject({ direction });
});

describe("an hour in which the sessions collapse", () => {
  const from = 5 * week + 36;
  const collapsed = (share: number) =>
    shop(6, { level: 2_000 }).map((hour, i) =>
      i < from || i > from + 3
        ? hour
        : { orders: scattered(9, i, share * hour.orders), sessions: scattered(8, i, share * hour.sessions) },
    );

  test("is no alarm of the ratio, since its orders fall alike", () => {
    for (const share of [0.5, 0.2, 0.05]) {
      const verdicts = verdictsOf(collapsed(share).map(ratioOf)).slice(from, from + 4);
      expect(verdicts.map(({ kind }) => kind)).not.toContain("anomalous");
    }
  });

  test("to fewer than a ratio needs is not evaluated, and the hours after it are", () => {
    const hours = collapsed(1).map((hour, i) =>
      i === from ? { orders: 0, sessions: LEAST_DENOMINATOR - 1 } : hour,
    );
    const verdicts = verdictsOf(hours.map(ratioOf));
    expect(verdicts[from]).toMatchObject({ kind: "not-evaluated", because: "small-denominator" });
    expect(verdicts[from + 1]).toMatchObject({ kind: "normal" });
  });
});

test("nights without anybody leave the days evaluated", () => {
  const verdicts = verdictsOf(
    shop(6, { level: 300 }).map((hour, i) =>
      i % 24 < 14 ? ratioOf({ orders: 0, sessions: 3 }) : ratioOf(hour),
    ),
  ).slice(4 * week);
  const days = verdicts.filter((_, i) => i % 24 >= 14);
  expect(days.every(({ kind }) => kind !== "not-evaluated")).toBe(true);
});

const someRules: readonly Rules[] = [
  defaultRules,
  { ...defaultRules, sensitivity: "high" },
  { ...defaultRules, sensitivity: "low", minRelativeChange: 0.3 },
  { ...defaultRules, sensitivity: "high", minAbsoluteChange: 40 },
  { ...defaultRules, direction: "drop" },
];

test.each(["ratio", "money-ratio"] as const)(
  "whatever is divided, a %s alerts exactly if it lies outside its expected range",
  (kind) => {
    const { parts } = transformOf(kind);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.constantFrom(40, 400, 20_000),
        fc.constantFrom(0.01, 0.3, 4),
        fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (seed, level, share, factors) => {
          const hours = shop(3, { seed, level, share }).map((hour, i) => ({
            ...hour,
            orders: (i < 2 * week ? 1 : (factors[i % 37] ?? 1)) * hour.orders,
          }));
          for (const seen of evidenceOf(hours.map(ratioOf), kind).slice(2 * week))
            for (const rules of someRules) {
              const verdict = verdictOf(seen, rules);
              if (verdict.kind === "not-evaluated" || !isEvaluated(seen)) continue;
              const { score } = verdict;
              expect(isWithin(score.observed, score)).toBe(verdict.kind === "normal");
              if (score.together) expect(isWithin(score.together.observed, score.together)).toBe(false);
              const limits = limitsOf(rules, seen.prediction);
              const is = (value: number, beyond = 0) =>
                (["drop", "spike"] as const).some(
                  (direction) =>
                    [direction, "both"].includes(rules.direction) &&
                    alertOf(seen.prediction, Math.round(value * parts) + beyond, direction, limits),
                );
              expect(is(score.low)).toBe(false);
              // Beyond this the parts of a ratio are finer than a number can be.
              if (score.high === undefined || score.high > 1e5) continue;
              expect(is(score.high)).toBe(false);
              expect(is(score.high, 1)).toBe(true);
            }
        },
      ),
      { numRuns: 12 },
    );
  },
);
