import { describe, expect, test } from "vitest";
import {
  type AlertGroupKind,
  groupKeyOf,
  kindOf,
  leadOf,
  type Member,
} from "../../src/incidents/alert-group.ts";
import { aMember, anIncident, aWatch } from "../support/builders.ts";

const app = (id: string, balance = -100): Member =>
  aMember(
    { id: `${id}.drop@2026-06-16T12`, balance },
    { series: { workspace: "main", app: id, unit: "hour" } },
  );
const segment = (id: string, of: string, balance = -50): Member =>
  aMember(
    { id: `${of}-${id}.drop@2026-06-16T12`, balance },
    { series: { workspace: "main", app: of, segment: id, unit: "hour" } },
  );

describe("the common name of several incidents", () => {
  test.each<[string, Member[], number, AlertGroupKind]>([
    ["one is one", [app("ios")], 1, "one"],
    [
      "an app and its segments are the app",
      [app("ios"), segment("us", "ios"), segment("vip", "ios")],
      5,
      "app",
    ],
    [
      "segments of an app that did not fall are several",
      [segment("us", "ios"), segment("vip", "ios")],
      5,
      "several",
    ],
    ["two of five apps are several", [app("ios"), app("web")], 5, "several"],
    ["three of five apps are everything", [app("ios"), app("web"), app("tv")], 5, "everything"],
    ["two of two apps are too few to be everything", [app("ios"), app("web")], 2, "several"],
    ["three of twenty apps are several", [app("ios"), app("web"), app("tv")], 20, "several"],
  ])("%s", (_, members, apps, kind) => {
    expect(kindOf(members, apps)).toBe(kind);
  });
});

test("an app is named before its segments, whatever they lost", () => {
  const whole = app("ios", -10);
  expect(leadOf([segment("us", "ios", -90), whole])).toBe(whole);
});

test("among equals the incident that lost most is named first", () => {
  const worst = app("web", -900);
  expect(leadOf([app("ios"), worst])).toBe(worst);
});

test("workspace, channel, unit and direction make a group key", () => {
  expect(groupKeyOf(aWatch(), anIncident())).toBe("main.C0ALERTS1.hour.drop");
});
