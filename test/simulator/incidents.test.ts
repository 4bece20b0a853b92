import { describe, expect, test } from "vitest";
import type { ScriptedIncident } from "../../simulator/braze/incidents.ts";
import { countOf } from "../../simulator/braze/values.ts";
import { sessionsOf, type Workspace } from "../../simulator/braze/workspace.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";

const from = Date.UTC(2026, 5, 16, 12);
const ios = { app: "ios" };

const workspace = (...incidents: ScriptedIncident[]): Workspace => ({
  apps: new Map([
    ["ios", { id: "ios", counts: () => 1_000 }],
    ["web", { id: "web", counts: () => 500 }],
  ]),
  segments: [{ id: "us", share: 0.3 }],
  incidents,
});

const hours = (series: object, ...incidents: ScriptedIncident[]) =>
  [-1, 0, 1, 2, 3, 4].map((after) => sessionsOf(workspace(...incidents), series, from + after * HOUR));

describe("the shape of an incident", () => {
  test.each<[ScriptedIncident, number[]]>([
    [{ series: ios, kind: "outage", from, hours: 3 }, [1000, 0, 0, 0, 1000, 1000]],
    [{ series: ios, kind: "drop", from, hours: 2, size: 0.4 }, [1000, 600, 600, 1000, 1000, 1000]],
    [{ series: ios, kind: "spike", from, hours: 1, size: 1.5 }, [1000, 2500, 1000, 1000, 1000, 1000]],
    [{ series: ios, kind: "ramp", from, hours: 4, size: -0.4 }, [1000, 900, 800, 700, 600, 1000]],
    [{ series: ios, kind: "shift", from, size: -0.2 }, [1000, 800, 800, 800, 800, 800]],
    [{ series: ios, kind: "outage", from: from + 30 * MINUTE, hours: 1 }, [1000, 500, 500, 1000, 1000, 1000]],
  ])("%o", (incident, sessions) => {
    expect(hours(ios, incident)).toEqual(sessions);
  });
});

test("an app's incident appears in its segments and in the sum of all apps, and nowhere else", () => {
  const outage: ScriptedIncident = { series: ios, kind: "outage", from, hours: 1 };
  expect(hours({ app: "ios", segment: "us" }, outage).slice(0, 2)).toEqual([300, 0]);
  expect(hours({}, outage).slice(0, 2)).toEqual([1500, 500]);
  expect(hours({ app: "web" }, outage).slice(0, 2)).toEqual([500, 500]);
});

test("a segment's incident appears in that segment only, of one app or of all", () => {
  const drop: ScriptedIncident = { series: { segment: "us" }, kind: "drop", from, hours: 1, size: 0.5 };
  expect(hours({ app: "ios", segment: "us" }, drop).slice(0, 2)).toEqual([300, 150]);
  expect(hours({ segment: "us" }, drop).slice(0, 2)).toEqual([450, 225]);
  expect(hours(ios, drop).slice(0, 2)).toEqual([1000, 1000]);
});

test("overlapping incidents multiply, and counts never fall below zero", () => {
  const half: ScriptedIncident = { series: ios, kind: "drop", from, hours: 1, size: 0.5 };
  expect(hours(ios, half, half)[1]).toBe(250);
  expect(hours(ios, { ...half, size: 2 })[1]).toBe(0);
});

test("refunds take revenue below zero, and leave what is sold as it was", () => {
  const refunds: ScriptedIncident = { series: ios, kind: "refunds", from, hours: 2, size: 2 };
  const products = [{ name: "Rice Bowl", perSession: 0.2, price: 12.5 }];
  const countedIn = (metric: "purchases" | "revenue", app: string, ...incidents: ScriptedIncident[]) =>
    countOf({ ...workspace(...incidents), products }, { metric, app }, from + HOUR);
  expect(countedIn("purchases", "ios", refunds)).toBe(countedIn("purchases", "ios"));
  expect(countedIn("revenue", "ios", refunds)).toBeCloseTo(
    countedIn("revenue", "ios") - 2 * 1_000 * 0.2 * 12.5,
  );
  expect(countedIn("revenue", "ios", refunds)).toBeLessThan(0);
  expect(countedIn("revenue", "web", refunds)).toBe(countedIn("revenue", "web"));
});
