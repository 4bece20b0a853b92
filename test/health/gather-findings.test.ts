import { describe, expect, test } from "vitest";
import { groupCheckFailures } from "../../src/health/gather-findings.ts";
import type { CheckFailure, HealthIssue, HealthIssueKind } from "../../src/health/health-issue.ts";
import { noon } from "../builders.ts";

const one = (id: string): CheckFailure => ({
  id,
  kind: id.split(".")[0] as HealthIssueKind,
  what: [id.toUpperCase()],
  detail: "",
  advice: "",
  since: noon,
  grace: 0,
});
const late = (count: number) => Array.from({ length: count }, (_, i) => one(`late.${i}`));
const known = (...ids: string[]) =>
  new Map<string, HealthIssue>(
    ids.map((id) => [
      id,
      { ...one(id), firstSeen: noon, lastSeen: noon, logged: { gist: "", isOver: false, at: noon } },
    ]),
  );

describe("the grouping of findings", () => {
  test.each<[string, CheckFailure[], Map<string, HealthIssue>, string[]]>([
    ["a few have a message each", late(3), known(), ["late.0", "late.1", "late.2"]],
    ["many have one together", late(500), known(), ["late.many"]],
    [
      "what was said alone stays alone",
      late(7),
      known("late.1", "late.4"),
      ["late.1", "late.4", "late.many"],
    ],
    ["what was gathered stays gathered", late(2), known("late.many"), ["late.many"]],
    [
      "kinds are not mixed",
      [...late(6), one("refused.web"), one("braze.main")],
      known(),
      ["late.many", "refused.web", "braze.main"],
    ],
  ])("%s", (_, checkFailures, before, ids) => {
    expect(groupCheckFailures(checkFailures, before).map(({ id }) => id)).toEqual(ids);
  });

  test("each failure names what it concerns", () => {
    expect(groupCheckFailures(late(6), known())[0]?.what).toEqual([
      "LATE.0",
      "LATE.1",
      "LATE.2",
      "LATE.3",
      "LATE.4",
      "LATE.5",
    ]);
  });
});
