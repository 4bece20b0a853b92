import { expect, test } from "vitest";
import { recorded } from "../../simulator/braze/counts.ts";
import { explain } from "../../src/reports/why.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { whyText } from "../../src/text/why.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const zone = "America/New_York";
const first = noon - 8 * WEEK;
const length = (8 * WEEK) / HOUR + 30;

/** A term with the signs of a calculator; everything else is refused. */
function calculated(term: string): number {
  const script = term
    .replaceAll(",", "")
    .replaceAll("−", "-")
    .replaceAll("×", "*")
    .replaceAll("÷", "/")
    .replaceAll("⅜", "0.375")
    .replace(/√\(/g, "Math.sqrt(")
    .replace(/√([\d.]+)/g, "Math.sqrt($1)")
    .replaceAll("ln(", "Math.log(");
  expect(script.replace(/Math\.(?:sqrt|log)/g, "")).toMatch(/^[-+*/()\d. ]+$/);
  return new Function(`return ${script.replaceAll("--", "- -")}`)() as number;
}

/** Each line that names a term and its result. */
const terms = (lines: readonly string[]) =>
  lines.flatMap((line) => {
    const found = /: ((?:[^:]|:(?! ))*) = (−?[\d.]+)$/.exec(line);
    return found ? [{ line, term: found[1]!, result: Number(found[2]!.replace("−", "-")) }] : [];
  });

const changes: readonly [string, (count: number, i: number) => number][] = [
  ["as it was counted", (count) => count],
  ["a lost hour", (count, i) => (i === length - 1 ? 0 : count)],
  ["half of a day lost", (count, i) => (i > length - 12 ? Math.round(count / 2) : count)],
  ["ten times as many", (count, i) => (i === length - 1 ? count * 10 : count)],
  ["an outage of half a day", (count, i) => (i > length - 12 ? 0 : count)],
];

test.each(changes)("each line of the details can be reproduced with a calculator: %s", (_, change) => {
  for (const name of ["bike-rentals", "cars", "pedestrians"] as const) {
    const counts = recorded(name, { zone, endsAt: first + length * HOUR });
    const values = Array.from({ length }, (_, i) => change(counts(first + i * HOUR), i));
    const at = first + (length - 1) * HOUR;
    const explanation = explain({ history: { first, values } }, { unit: "hour", zone }, defaultRules, at)!;
    const { details, lines } = whyText(explanation, { unit: "hour" }, zone);
    const all = terms(details);
    expect(all.length).toBeGreaterThan(0);
    for (const { line, term, result } of all)
      expect(Math.abs(calculated(term) - result), line).toBeLessThan(0.004 + 0.004 * Math.abs(result));
    if (explanation.verdict.kind === "not-evaluated") throw new Error("it is evaluated");
    const { anomalyScore } = explanation.verdict.score;
    expect(all.at(-1)!.result).toBeCloseTo(Math.abs(anomalyScore), 2);
    expect(lines.join("\n")).toContain(`anomaly score ${Math.abs(anomalyScore).toFixed(1)}, alerts at 3.6`);
  }
});
