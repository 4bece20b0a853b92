import { expect, test } from "vitest";
import type { Breakdown } from "../../src/incidents/breakdown.ts";
import { contextLines } from "../../src/text/context.ts";
import { plainText } from "../../src/text/text.ts";
import { anIncident, aWatch, noon, someCircumstances } from "../support/builders.ts";

const part = (name: string, observed: number) => ({
  name,
  observed,
  expected: 100,
  isAsExpected: observed === 100,
});
const breakdown = (...observed: number[]): Breakdown => ({
  through: noon,
  whole: { observed: observed[0]!, expected: 100 },
  apps: observed.map((value, i) => part(["iOS", "Android", "Web"][i]!, value)),
  segments: [],
  metrics: [],
});
const lines = (over: Parameters<typeof someCircumstances>[0]) =>
  contextLines({ watch: aWatch(), incident: anIncident(), alertContext: someCircumstances(over) }).map(
    (line) => plainText(line),
  );

test.each<[string, number, number[] | undefined, string[]]>([
  [
    "every other app is named as expected",
    2,
    [40, 100, 100],
    ["iOS −60%, 100% of the loss; Android, Web as expected"],
  ],
  [
    "an app is watched that the breakdown does not know",
    3,
    [40, 100, 100],
    ["iOS −60%, 100% of the loss; Android, Web as expected", "Not down: 3 other apps"],
  ],
  ["nothing is known of what moved", 2, undefined, ["Not down: 2 other apps"]],
])("an alert says once that other apps are not down: %s", (_, watched, observed, expected) => {
  const otherApps = { watched, alike: [] };
  expect(lines({ otherApps, ...(observed && { breakdown: breakdown(...observed) }) })).toEqual(expected);
});

test("other apps that are down are named beside what moved", () => {
  const otherApps = { watched: 2, alike: [aWatch({ appName: "Web" })] };
  expect(lines({ otherApps, breakdown: breakdown(40, 100, 30) }).at(-1)).toMatch(
    /^Also down: .*1 of 2 other apps/,
  );
});

test("a part of revenue on the other side of zero is named by its amount, with the sign of its currency", () => {
  const revenue = { metric: "revenue" } as const;
  const watch = aWatch({ series: { workspace: "main", unit: "hour", ...revenue } });
  const parts = [part("iOS", -1240), part("Android", 100)];
  const alertContext = someCircumstances({
    breakdown: {
      ...breakdown(-1140),
      whole: { observed: -1140, expected: 200 },
      apps: parts,
      metrics: [{ ...part("Refunds", -310), counted: revenue }],
    },
  });
  expect(
    contextLines({ watch, incident: anIncident(), alertContext }).map((line) => plainText(line)),
  ).toEqual(
    expect.arrayContaining(["iOS at −$1,240, 100% of the loss; Android as expected", "Refunds at −$310"]),
  );
});
