import { describe, expect, test } from "vitest";
import {
  type CheckFailure,
  decideHealthIssue,
  followHealthIssue,
  gistOf,
  type HealthIssue,
  isForgettable,
} from "../../src/health/health-issue.ts";
import { MINUTE } from "../../src/time/time.ts";
import { noon } from "../builders.ts";

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

const said = (minutes: number, isOver = false, gist = gistOf(aCheckFailure())) => ({
  gist,
  isOver,
  at: at(minutes),
});
const lastNotified = { ...said(0), channel: "C0OPS0001", ts: "1" };

describe("the decision about a health issue", () => {
  test.each([
    [
      "a single failed request is not told",
      aHealthIssue({ lastSeen: at(1) }),
      undefined,
      1,
      { suppress: "may-pass" },
    ],
    [
      "what lasts beyond its grace is told",
      aHealthIssue({ lastSeen: at(10) }),
      undefined,
      10,
      { notify: "opened" },
    ],
    [
      "what is not seen at this moment is not told",
      aHealthIssue({ lastSeen: at(9) }),
      undefined,
      10,
      { suppress: "may-pass" },
    ],
    [
      "what has no grace is told at once",
      aHealthIssue({ grace: 0, firstSeen: at(10), lastSeen: at(10) }),
      undefined,
      10,
      { notify: "opened" },
    ],
    ["what was told is not told again", aHealthIssue(), said(10), 600, { suppress: "already-notified" }],
    [
      "another reason is an edit",
      aHealthIssue({ detail: "Braze answered 401" }),
      said(10),
      15,
      { notify: "updated" },
    ],
    [
      "edits are five minutes apart",
      aHealthIssue({ detail: "Braze answered 401" }),
      said(10),
      14,
      { suppress: "told-lately" },
    ],
    ["its end is told", aHealthIssue({ overAt: at(20) }), said(10), 21, { notify: "resolved" }],
    [
      "its end is told once",
      aHealthIssue({ overAt: at(20) }),
      said(21, true),
      22,
      { suppress: "already-notified" },
    ],
    [
      "nobody hears of the end of what nobody heard of",
      aHealthIssue({ overAt: at(2) }),
      undefined,
      20,
      { suppress: "never-told" },
    ],
  ])("%s", (_, healthIssue, before, minutes, decision) => {
    expect(decideHealthIssue(healthIssue, before, at(minutes))).toEqual(decision);
  });
});

describe("the course of a health issue", () => {
  test.each<[string, HealthIssue | undefined, CheckFailure | undefined, number, HealthIssue | undefined]>([
    ["no symptom, no blindness", undefined, undefined, 0, undefined],
    [
      "it begins with its first symptom",
      undefined,
      aCheckFailure({ since: at(-60) }),
      0,
      aHealthIssue({ since: at(-60) }),
    ],
    [
      "it goes on, with the newest detail and the oldest beginning",
      aHealthIssue({ lastNotified }),
      aCheckFailure({ detail: "Braze answered 401", since: at(3) }),
      4,
      aHealthIssue({ lastNotified, detail: "Braze answered 401", lastSeen: at(4) }),
    ],
    ["what flickers is not over", aHealthIssue(), undefined, 4, aHealthIssue()],
    ["five minutes without a symptom end it", aHealthIssue(), undefined, 5, aHealthIssue({ overAt: noon })],
    [
      "it ends once, however long its end cannot be told",
      aHealthIssue({ overAt: noon }),
      undefined,
      90,
      aHealthIssue({ overAt: noon }),
    ],
    [
      "a relapse before its end was told reopens it",
      aHealthIssue({ overAt: noon, lastNotified }),
      aCheckFailure(),
      9,
      aHealthIssue({ lastNotified, lastSeen: at(9) }),
    ],
    [
      "it also reopens what was logged as over already, so that its message is not left behind",
      aHealthIssue({ overAt: noon, logged: said(5, true), lastNotified }),
      aCheckFailure(),
      9,
      aHealthIssue({ lastNotified, lastSeen: at(9) }),
    ],
    [
      "a relapse after that is a new one",
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
  expect(isForgettable(aHealthIssue({ overAt: noon, logged: said(1, true), lastNotified }))).toBe(false);
  expect(
    isForgettable(
      aHealthIssue({ overAt: noon, logged: said(1, true), lastNotified: { ...lastNotified, isOver: true } }),
    ),
  ).toBe(true);
});
