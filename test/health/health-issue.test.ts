import { describe, expect, test } from "vitest";
import {
  type Blindness,
  decideBlindness,
  followBlindness,
  gistOf,
  isForgettable,
  type Symptom,
} from "../../src/health/health-issue.ts";
import { MINUTE } from "../../src/time/time.ts";
import { noon } from "../builders.ts";

const at = (minutes: number) => noon + minutes * MINUTE;

const aSymptom = (over: Partial<Symptom> = {}): Symptom => ({
  id: "braze.main",
  kind: "braze",
  what: ["workspace main"],
  detail: "Braze answered 503",
  advice: "Nothing to do.",
  since: noon,
  grace: 10 * MINUTE,
  ...over,
});

const aBlindness = (over: Partial<Blindness> = {}): Blindness => ({
  ...aSymptom(),
  firstSeen: noon,
  lastSeen: noon,
  ...over,
});

const said = (minutes: number, isOver = false, gist = gistOf(aSymptom())) => ({
  gist,
  isOver,
  at: at(minutes),
});
const told = { ...said(0), channel: "C0OPS0001", ts: "1" };

describe("decideBlindness", () => {
  test.each([
    [
      "a single failed request is not told",
      aBlindness({ lastSeen: at(1) }),
      undefined,
      1,
      { stayQuiet: "may-pass" },
    ],
    [
      "what lasts beyond its grace is told",
      aBlindness({ lastSeen: at(10) }),
      undefined,
      10,
      { say: "opened" },
    ],
    [
      "what is not seen at this moment is not told",
      aBlindness({ lastSeen: at(9) }),
      undefined,
      10,
      { stayQuiet: "may-pass" },
    ],
    [
      "what has no grace is told at once",
      aBlindness({ grace: 0, firstSeen: at(10), lastSeen: at(10) }),
      undefined,
      10,
      { say: "opened" },
    ],
    ["what was told is not told again", aBlindness(), said(10), 600, { stayQuiet: "told-already" }],
    [
      "another reason is an edit",
      aBlindness({ detail: "Braze answered 401" }),
      said(10),
      15,
      { say: "updated" },
    ],
    [
      "edits are five minutes apart",
      aBlindness({ detail: "Braze answered 401" }),
      said(10),
      14,
      { stayQuiet: "told-lately" },
    ],
    ["its end is told", aBlindness({ overAt: at(20) }), said(10), 21, { say: "resolved" }],
    [
      "its end is told once",
      aBlindness({ overAt: at(20) }),
      said(21, true),
      22,
      { stayQuiet: "told-already" },
    ],
    [
      "nobody hears of the end of what nobody heard of",
      aBlindness({ overAt: at(2) }),
      undefined,
      20,
      { stayQuiet: "never-told" },
    ],
  ])("%s", (_, blindness, before, minutes, decision) => {
    expect(decideBlindness(blindness, before, at(minutes))).toEqual(decision);
  });
});

describe("followBlindness", () => {
  test.each<[string, Blindness | undefined, Symptom | undefined, number, Blindness | undefined]>([
    ["no symptom, no blindness", undefined, undefined, 0, undefined],
    [
      "it begins with its first symptom",
      undefined,
      aSymptom({ since: at(-60) }),
      0,
      aBlindness({ since: at(-60) }),
    ],
    [
      "it goes on, with the newest detail and the oldest beginning",
      aBlindness({ told }),
      aSymptom({ detail: "Braze answered 401", since: at(3) }),
      4,
      aBlindness({ told, detail: "Braze answered 401", lastSeen: at(4) }),
    ],
    ["what flickers is not over", aBlindness(), undefined, 4, aBlindness()],
    ["five minutes without a symptom end it", aBlindness(), undefined, 5, aBlindness({ overAt: noon })],
    [
      "it ends once, however long its end cannot be told",
      aBlindness({ overAt: noon }),
      undefined,
      90,
      aBlindness({ overAt: noon }),
    ],
    [
      "a relapse before its end was told reopens it",
      aBlindness({ overAt: noon, told }),
      aSymptom(),
      9,
      aBlindness({ told, lastSeen: at(9) }),
    ],
    [
      "it also reopens what was logged as over already, so that its message is not left behind",
      aBlindness({ overAt: noon, logged: said(5, true), told }),
      aSymptom(),
      9,
      aBlindness({ told, lastSeen: at(9) }),
    ],
    [
      "a relapse after that is a new one",
      aBlindness({ overAt: noon, told: { ...told, isOver: true } }),
      aSymptom({ since: at(9) }),
      9,
      aBlindness({ since: at(9), firstSeen: at(9), lastSeen: at(9) }),
    ],
  ])("%s", (_, before, symptom, minutes, after) => {
    expect(followBlindness(before, symptom, at(minutes))).toEqual(after);
  });
});

test("it is forgotten when it is over and everybody who heard of it knows", () => {
  expect(isForgettable(aBlindness())).toBe(false);
  expect(isForgettable(aBlindness({ overAt: noon }))).toBe(true);
  expect(isForgettable(aBlindness({ overAt: noon, logged: said(1, true), told }))).toBe(false);
  expect(
    isForgettable(aBlindness({ overAt: noon, logged: said(1, true), told: { ...told, isOver: true } })),
  ).toBe(true);
});
