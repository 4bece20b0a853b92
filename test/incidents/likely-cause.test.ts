import { describe, expect, test } from "vitest";
import type { Breakdown } from "../../src/incidents/breakdown.ts";
import { causeRules, type Evidence, likelyCause } from "../../src/incidents/likely-cause.ts";
import { likelyCauseText } from "../../src/text/likely-cause.ts";
import { plainText } from "../../src/text/text.ts";

const nothing: Evidence = {
  direction: "drop",
  series: { app: "ios" },
  otherApps: { alike: 0, calm: 0 },
  isSourceLate: false,
  changes: [],
  sends: [],
  missing: [],
};
const iosReleased = { name: "iOS 5.2 released", scope: { app: "ios" } };
const deployed = { name: "Backend deployed", scope: {} };
const apps = (...observed: number[]): Breakdown => ({
  through: 0,
  whole: { observed: 0, expected: 0 },
  apps: observed.map((count, i) => ({
    name: `app ${i}`,
    observed: count,
    expected: 100,
    isAsExpected: count > 90 && count < 110,
  })),
  segments: [],
  metrics: [],
});

describe("the likely cause", () => {
  test.each<[string, Partial<Evidence>, string | undefined]>([
    [
      "of everything at once while Braze is late",
      { otherApps: { alike: 2, calm: 0 }, isSourceLate: true },
      "Probably the source: all 3 apps fell at once, and Braze is late",
    ],
    [
      "of everything at once while Braze is late, shortly after a change",
      { otherApps: { alike: 1, calm: 0 }, isSourceLate: true, changes: [deployed] },
      "Probably the source: both apps fell at once, and Braze is late",
    ],
    [
      "of the sum over all apps, all of which fell while Braze is late",
      { series: {}, breakdown: apps(50, 40), isSourceLate: true },
      "Probably the source: both apps fell at once, and Braze is late",
    ],
    ["of everything at once while Braze is in time", { otherApps: { alike: 2, calm: 0 } }, undefined],
    ["of one app while Braze is late", { otherApps: { alike: 0, calm: 2 }, isSourceLate: true }, undefined],
    [
      "of one app alone, shortly after its release",
      { otherApps: { alike: 0, calm: 2 }, changes: [iosReleased] },
      "Probably iOS 5.2 released: it came shortly before, and the other apps are as expected",
    ],
    [
      "of one app alone, by apps that nobody watches",
      { breakdown: apps(50, 99, 101), changes: [iosReleased] },
      "Probably iOS 5.2 released: it came shortly before, and the other apps are as expected",
    ],
    [
      "of the only app, shortly after its release",
      { changes: [iosReleased] },
      "Probably iOS 5.2 released: it came shortly before",
    ],
    [
      "of the sum over all apps, of which one fell shortly after its release",
      { series: {}, breakdown: apps(50, 99), changes: [iosReleased] },
      "Probably iOS 5.2 released: it came shortly before, and the other apps are as expected",
    ],
    [
      "of several apps, shortly after the release of one",
      { otherApps: { alike: 1, calm: 1 }, changes: [iosReleased] },
      undefined,
    ],
    [
      "of everything at once, shortly after a change of everything",
      { otherApps: { alike: 2, calm: 0 }, changes: [deployed] },
      "Probably Backend deployed: it came shortly before",
    ],
    [
      "of one app of several, shortly after a change of everything",
      { otherApps: { alike: 0, calm: 2 }, changes: [deployed] },
      undefined,
    ],
    [
      "of uninstalls that rise while sessions are as expected",
      { direction: "spike", series: { metric: "uninstalls" }, sessionsAsExpected: true },
      "Probably revoked push tokens: uninstalls rose while sessions are as expected",
    ],
    [
      "of uninstalls that rise while sessions fall",
      { direction: "spike", series: { metric: "uninstalls" }, sessionsAsExpected: false },
      undefined,
    ],
    [
      "of fewer orders while sessions are as expected",
      { series: { metric: "events", item: "Order Completed" }, sessionsAsExpected: true },
      "Probably where orders are made: fewer came while sessions are as expected",
    ],
    ["of fewer purchases while nobody knows the sessions", { series: { metric: "purchases" } }, undefined],
    [
      "of another event that falls while sessions are as expected",
      { series: { metric: "events", item: "Article Read" }, sessionsAsExpected: true },
      undefined,
    ],
    [
      "of a spike shortly after a send",
      { direction: "spike", sends: [{ name: "Summer Sale" }, { name: "Earlier" }] },
      "Probably the send Summer Sale: it went out shortly before",
    ],
    [
      "of a spike shortly after a send and a release",
      { direction: "spike", sends: [{ name: "Summer Sale" }], changes: [iosReleased] },
      "Probably the send Summer Sale: it went out shortly before",
    ],
    ["of a drop shortly after a send", { sends: [{ name: "Summer Sale" }] }, undefined],
    [
      "of uninstalls that rise shortly after a send",
      { direction: "spike", series: { metric: "uninstalls" }, sends: [{ name: "Summer Sale" }] },
      undefined,
    ],
    [
      "of a drop where a weekly send did not go out",
      { missing: [{ name: "Weekly News", weeks: 3 }] },
      "Probably the send Weekly News: it went out at this time in 3 of the last 4 weeks, and not now",
    ],
    ["of a drop that nothing explains", {}, undefined],
  ])("%s", (_, evidence, read) => {
    const cause = likelyCause({ ...nothing, ...evidence });
    expect(cause && plainText(likelyCauseText(cause))).toBe(read);
  });

  test("has one rule a kind, and without evidence none applies", () => {
    expect(new Set(causeRules.map(({ kind }) => kind)).size).toBe(causeRules.length);
    for (const { infer } of causeRules) expect(infer(nothing)).toBeUndefined();
  });
});
