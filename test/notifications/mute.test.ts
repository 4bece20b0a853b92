import { describe, expect, test } from "vitest";
import { isLive } from "../../src/incidents/incident.ts";
import {
  isCovered,
  isInForce,
  type Mute,
  type MuteScope,
  scopesCovering,
  suppressionByMutes,
} from "../../src/notifications/mute.ts";
import { recheckAt } from "../../src/notifications/recheck.ts";
import { defaultReminding } from "../../src/notifications/reminder.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR } from "../../src/time/time.ts";
import { aMember, anAppWatch, anIncident, aWatch, noon } from "../support/builders.ts";

const aMute = (over: Partial<Mute> = {}): Mute => ({
  scope: { kind: "watch", watch: "ios-us" },
  by: "ada",
  at: noon,
  until: noon + HOUR,
  incidents: ["ios-us.drop@2026-06-16T12"],
  ...over,
});

const ofWatch: MuteScope = { kind: "watch", watch: "ios-us" };
const ofApp: MuteScope = { kind: "app", workspace: "main", app: "ios" };
const ofAll: MuteScope = { kind: "app", workspace: "main", app: "all" };
const ofChannel: MuteScope = { kind: "channel", channel: "C0ALERTS1" };

describe("a mute", () => {
  test.each<[string, MuteScope, boolean]>([
    ["of a watch covers it", ofWatch, true],
    ["of another watch does not", { kind: "watch", watch: "ios" }, false],
    ["of an app covers its segments", ofApp, true],
    ["of all apps together leaves each app alone", ofAll, false],
    ["of an app leaves another workspace alone", { ...ofApp, workspace: "other" }, false],
    ["of a channel covers all that is told there", ofChannel, true],
    ["of another channel does not", { kind: "channel", channel: "C0OTHER01" }, false],
  ])("%s", (_, scope, expected) => {
    expect(isCovered(aWatch(), scope)).toBe(expected);
  });

  test("of all apps together covers the watch on the sum of all apps", () => {
    expect(isCovered(anAppWatch({ series: { workspace: "main", unit: "hour" } }), ofAll)).toBe(true);
  });

  test.each<[string, Partial<Mute>, number, boolean, boolean]>([
    ["holds before its instant", {}, 0.99, true, true],
    ["is over at its instant, whatever goes on", {}, 1, true, false],
    ["until recovery holds while what it waits for goes on", { until: "recovery" }, 99, true, true],
    ["until recovery is over with the incident", { until: "recovery" }, 0.1, false, false],
  ])("%s", (_, mute, hours, isRunning, expected) => {
    expect(isInForce(aMute(mute), noon + hours * HOUR, () => isRunning)).toBe(expected);
  });

  test("among several mutes, the one that ends last decides", () => {
    const longer = aMute({ until: noon + 2 * HOUR });
    expect(suppressionByMutes([])).toBeUndefined();
    expect(suppressionByMutes([aMute(), longer])).toEqual({
      because: "muted",
      until: noon + 2 * HOUR,
      by: "ada",
    });
    expect(suppressionByMutes([aMute({ until: "recovery" }), longer])).toEqual({
      because: "muted",
      by: "ada",
    });
  });
});

describe("an incident that is muted", () => {
  const suppressed = { because: "muted", at: noon } as const;
  const suppression = { because: "muted", until: noon + HOUR } as const;

  test("needs nothing more once it is resolved without a notification", () => {
    expect(isLive(anIncident({ resolvedAt: noon, suppressed }))).toBe(false);
    expect(isLive(anIncident({ suppressed }))).toBe(true);
    const until = noon + HOUR;
    expect(isLive(anIncident({ resolvedAt: noon, suppressed: { ...suppressed, until } }))).toBe(false);
    expect(isLive(anIncident({ resolvedAt: until, suppressed: { ...suppressed, until } }))).toBe(true);
    expect(isLive(anIncident({ resolvedAt: noon }))).toBe(true);
    expect(isLive(anIncident({ resolvedAt: noon, suppressed: { because: "quiet-hours", at: noon } }))).toBe(
      true,
    );
  });

  test("is checked again when the mute ends", () => {
    expect(recheckAt(aMember({ suppressed }, {}, suppression), defaultReminding)).toBe(noon + HOUR);
    expect(recheckAt(aMember({ suppressed }, {}, { because: "muted" }), defaultReminding)).toBeUndefined();
    expect(
      recheckAt(aMember({ suppressed, resolvedAt: noon }, {}, suppression), defaultReminding),
    ).toBeUndefined();
    expect(recheckAt(aMember(), defaultReminding)).toBeUndefined();
  });
});

test("a mute of an alert names each of its watches, so that no other watch of the channel falls silent", () => {
  const ofApp = (app: string) => anAppWatch({ id: app, series: { workspace: "main", app, unit: "hour" } });
  const many = (n: number) => Array.from({ length: n }, (_, i) => ofApp(`app-${i}`)) as [Watch, ...Watch[]];
  expect(scopesCovering([ofApp("ios"), ofApp("web"), ofApp("ios")])).toEqual([
    { kind: "watch", watch: "ios" },
    { kind: "watch", watch: "web" },
  ]);
  expect(scopesCovering([ofApp("ios")])).toEqual([{ kind: "watch", watch: "ios" }]);
  expect(scopesCovering([aWatch(), ofApp("ios")])).toEqual([{ kind: "app", workspace: "main", app: "ios" }]);
  expect(scopesCovering(many(10))).toHaveLength(10);
  expect(scopesCovering(many(11))).toEqual([{ kind: "channel", channel: "C0ALERTS1" }]);
});
