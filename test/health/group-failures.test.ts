import { describe, expect, test } from "vitest";
import type { CheckFailure, HealthIssueKind } from "../../src/health/checks.ts";
import { groupCheckFailures } from "../../src/health/group-failures.ts";
import type { HealthIssue } from "../../src/health/health-issue.ts";
import { noon } from "../support/builders.ts";

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

describe("the grouping of failed checks", () => {
  test.each<[string, CheckFailure[], Map<string, HealthIssue>, string[]]>([
    ["a few failures have a message each", late(3), known(), ["late.0", "late.1", "late.2"]],
    ["many failures of one kind share a message", late(500), known(), ["late.many"]],
    [
      "failures that were posted alone stay alone",
      late(7),
      known("late.1", "late.4"),
      ["late.1", "late.4", "late.many"],
    ],
    ["a group stays a group until all of it is over", late(2), known("late.many"), ["late.many"]],
    [
      "failures of two kinds share no message",
      [...late(6), one("refused.web"), one("braze.main")],
      known(),
      ["late.many", "refused.web", "braze.main"],
    ],
  ])("%s", (_, checkFailures, before, ids) => {
    expect(groupCheckFailures(checkFailures, before).map(({ id }) => id)).toEqual(ids);
  });

  test("a group names everything that is affected", () => {
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
