import { describe, expect, test } from "vitest";
import type { CheckFailure } from "../../src/health/checks.ts";
import {
  decideHealthIssue,
  followHealthIssue,
  gistOf,
  type HealthIssue,
  isForgettable,
} from "../../src/health/health-issue.ts";
import { MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const at = (minutes: number) => noon + minutes * MINUTE;

const aCheckFailure = (over: Partial<CheckFailure> = {}): CheckFailure => ({
  id: "braze.main",
  kind: "braze",
  what: ["workspace main"],
  detail: "Braze answered 503",
  advice: "Nothing to do.",
  since: noon,
  grace: 10 * MINUTE,
  ...over,
});

const aHealthIssue = (over: Partial<HealthIssue> = {}): HealthIssue => ({
  ...aCheckFailure(),
  firstSeen: noon,
  lastSeen: noon,
  ...over,
});

const reported = (minutes: number, isOver = false, gist = gistOf(aCheckFailure())) => ({
  gist,
  isOver,
  at: at(minutes),
});
const lastNotified = { ...reported(0), channel: "C0OPS0001", ts: "1" };

describe("the decision about a health issue", () => {
  test.each([
    [
      "a single failed check is not posted",
      aHealthIssue({ lastSeen: at(1) }),
      undefined,
      1,
      { suppress: "may-pass" },
    ],
    [
      "a failure that lasts beyond its grace period is posted",
      aHealthIssue({ lastSeen: at(10) }),
      undefined,
      10,
      { notify: "opened" },
    ],
    [
      "a failure that is not seen at this moment is not posted",
      aHealthIssue({ lastSeen: at(9) }),
      undefined,
      10,
      { suppress: "may-pass" },
    ],
    [
      "a failure without a grace period is posted at once",
      aHealthIssue({ grace: 0, firstSeen: at(10), lastSeen: at(10) }),
      undefined,
      10,
      { notify: "opened" },
    ],
    [
      "an unchanged health issue is not posted again",
      aHealthIssue(),
      reported(10),
      600,
      { suppress: "already-notified" },
    ],
    [
      "another reason edits the message",
      aHealthIssue({ detail: "Braze answered 401" }),
      reported(10),
      15,
      { notify: "updated" },
    ],
    [
      "the message is not edited twice within five minutes",
      aHealthIssue({ detail: "Braze answered 401" }),
      reported(10),
      14,
      { suppress: "edited-lately" },
    ],
    ["the end is posted", aHealthIssue({ overAt: at(20) }), reported(10), 21, { notify: "resolved" }],
    [
      "the end is posted once",
      aHealthIssue({ overAt: at(20) }),
      reported(21, true),
      22,
      { suppress: "already-notified" },
    ],
    [
      "the end of an issue that was never posted is not posted",
      aHealthIssue({ overAt: at(2) }),
      undefined,
      20,
      { suppress: "never-notified" },
    ],
  ])("%s", (_, healthIssue, before, minutes, decision) => {
    expect(decideHealthIssue(healthIssue, before, at(minutes))).toEqual(decision);
  });
});

describe("the course of a health issue", () => {
  test.each<[string, HealthIssue | undefined, CheckFailure | undefined, number, HealthIssue | undefined]>([
    ["without a failed check there is no health issue", undefined, undefined, 0, undefined],
    [
      "it begins with the first failed check",
      undefined,
      aCheckFailure({ since: at(-60) }),
      0,
      aHealthIssue({ since: at(-60) }),
    ],
    [
      "it keeps the newest detail and the oldest beginning",
      aHealthIssue({ lastNotified }),
      aCheckFailure({ detail: "Braze answered 401", since: at(3) }),
      4,
      aHealthIssue({ lastNotified, detail: "Braze answered 401", lastSeen: at(4) }),
    ],
    ["a check that passes for four minutes does not end it", aHealthIssue(), undefined, 4, aHealthIssue()],
    [
      "a check that passes for five minutes ends it",
      aHealthIssue(),
      undefined,
      5,
      aHealthIssue({ overAt: noon }),
    ],
    [
      "it ends once, however long its end cannot be posted",
      aHealthIssue({ overAt: noon }),
      undefined,
      90,
      aHealthIssue({ overAt: noon }),
    ],
    [
      "a failure before its end was posted reopens it",
      aHealthIssue({ overAt: noon, lastNotified }),
      aCheckFailure(),
      9,
      aHealthIssue({ lastNotified, lastSeen: at(9) }),
    ],
    [
      "a failure after its end was logged and before it was posted reopens it, so that its message is not left behind",
      aHealthIssue({ overAt: noon, logged: reported(5, true), lastNotified }),
      aCheckFailure(),
      9,
      aHealthIssue({ lastNotified, lastSeen: at(9) }),
    ],
    [
      "a failure after its end was posted is a new health issue",
      aHealthIssue({ overAt: noon, lastNotified: { ...lastNotified, isOver: true } }),
      aCheckFailure({ since: at(9) }),
      9,
      aHealthIssue({ since: at(9), firstSeen: at(9), lastSeen: at(9) }),
    ],
  ])("%s", (_, before, checkFailure, minutes, after) => {
    expect(followHealthIssue(before, checkFailure, at(minutes))).toEqual(after);
  });
});

test("a health issue is removed after it is over and its end was posted", () => {
  expect(isForgettable(aHealthIssue())).toBe(false);
  expect(isForgettable(aHealthIssue({ overAt: noon }))).toBe(true);
  expect(isForgettable(aHealthIssue({ overAt: noon, logged: reported(1, true), lastNotified }))).toBe(false);
  expect(
    isForgettable(
      aHealthIssue({
        overAt: noon,
        logged: reported(1, true),
        lastNotified: { ...lastNotified, isOver: true },
      }),
    ),
  ).toBe(true);
});
