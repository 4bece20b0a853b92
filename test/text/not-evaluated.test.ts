import { expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import type { NotEvaluatedReason } from "../../src/detector/verdict/verdict.ts";
import { checkFailuresOf } from "../../src/health/checks.ts";
import { explain } from "../../src/reports/why.ts";
import { defaultTiming } from "../../src/series/due.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { whyText } from "../../src/text/why.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const first = noon - 8 * WEEK;
const counts = generated({ seed: 3, level: 1_500, zone: "UTC" });
const hours = (8 * WEEK) / HOUR + 1;
const sessions = Array.from({ length: hours }, (_, i) => counts(first + i * HOUR));

/** What the health issue says of hours in a row that could not be evaluated for a reason. */
function healthIssueAbout(because: NotEvaluatedReason) {
  const notEvaluated = { since: noon - 5 * HOUR, through: noon, because };
  const series = {
    id: "main.ios.all.hour",
    workspace: "main",
    unit: "hour",
    zone: "UTC",
    timing: { ...defaultTiming, spread: 0 },
    watches: [{ title: "iOS", channel: "C0ALERTS1" }],
    watchId: "ios",
    title: "iOS",
    watchedSince: first,
    progress: { evaluatedThrough: noon, collectedThrough: noon, notEvaluated },
  } as const;
  const alertContext = { failures: new Map(), channels: new Map(), openIssues: new Set<string>() };
  const now = noon + HOUR + 20 * 60_000;
  return checkFailuresOf({ ...alertContext, now, series: [series], memory: { used: 1, limit: 0 } }).find(
    ({ kind }) => kind === "not-evaluated",
  );
}

const inWords = (known: readonly (number | undefined)[]): string =>
  whyText(
    explain({ history: { first, values: known } }, { unit: "hour", zone: "UTC" }, defaultRules, noon)!,
    { unit: "hour" },
    "UTC",
  ).headline;

test.each<[NotEvaluatedReason, string, (number | undefined)[]]>([
  [
    "stale",
    "more than half of the recent hours are missing",
    sessions.map((count, i) => (i < hours - 60 || i > hours - 3 ? count : undefined)),
  ],
  ["flat", "the count has not changed for a week", sessions.map((count, i) => (i < hours - 200 ? count : 7))],
  [
    "too-little-history",
    "there is too little history yet",
    sessions.map((count, i) => (i < hours - 60 ? undefined : count)),
  ],
])("the explanation and the health issue give the same reason why an hour is %s", (because, why, known) => {
  expect(inWords(known)).toContain(`not evaluated: ${why}`);
  expect(healthIssueAbout(because)?.detail).toBe(`its hours cannot be evaluated: ${why}`);
});

test("an unknown reason stored by another version is shown as it is", () => {
  expect(healthIssueAbout("from-another-version" as NotEvaluatedReason)?.detail).toContain(
    "from-another-version",
  );
});
