import { expect, test } from "vitest";
import { isDue, isRouted, type Route, routeId } from "../../src/notifications/route.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { anAppWatch, anIncident, noon } from "../support/builders.ts";

const aRoute = (over: Partial<Route> = {}): Route => ({
  id: "pager",
  severity: "warning",
  destination: "pager",
  by: "ada",
  at: noon,
  ...over,
});
const warning = anIncident({ severity: "warning" });
const critical = anIncident({ severity: "critical" });
const acknowledged = { ...critical, acknowledged: { by: "U0ADA0001", at: noon } };
const night = { from: 22 * 60, to: 7 * 60 };

test.each([
  ["any severity goes by a route without one", aRoute(), warning, 0, true],
  [
    "a warning does not go by a route of critical incidents",
    aRoute({ severity: "critical" }),
    warning,
    0,
    false,
  ],
  ["a critical incident does", aRoute({ severity: "critical" }), critical, 0, true],
  ["what may still be acknowledged waits", aRoute({ unacknowledgedFor: HOUR }), critical, 59 * MINUTE, false],
  ["what nobody acknowledged in time goes", aRoute({ unacknowledgedFor: HOUR }), critical, HOUR, true],
  [
    "what somebody acknowledged never does",
    aRoute({ unacknowledgedFor: HOUR }),
    acknowledged,
    2 * HOUR,
    false,
  ],
  ["what is acknowledged still goes at once by other routes", aRoute(), acknowledged, 0, true],
  ["nothing goes in the quiet hours of a route", aRoute({ quiet: night }), critical, 11 * HOUR, false],
  ["outside of them it goes", aRoute({ quiet: night }), critical, 9 * HOUR, true],
  [
    "quiet hours of other days do not count",
    aRoute({ quiet: { ...night, days: [5] } }),
    critical,
    11 * HOUR,
    true,
  ],
] as const)("%s", (_, route, incident, later, due) => {
  expect(isDue(route, incident, { now: noon + later, noticedAt: noon, zone: "UTC" })).toBe(due);
});

test("a route is about every watch, or about what its scope covers", () => {
  const ios = anAppWatch({ id: "ios", channel: "C0ALERTS1" });
  expect(isRouted(ios, {})).toBe(true);
  expect(isRouted(ios, { scope: { kind: "watch", watch: "web" } })).toBe(false);
  expect(isRouted(ios, { scope: { kind: "channel", channel: "C0ALERTS1" } })).toBe(true);
});

test("a route is named by what it says, so that the same route exists once", () => {
  const route = aRoute({
    severity: "critical",
    unacknowledgedFor: 15 * MINUTE,
    quiet: { ...night, days: [0, 1] },
  });
  expect(routeId(route)).toBe("critical-pager-after-15m-quiet-1320-420-0-1");
  expect(routeId({ ...route, scope: { kind: "watch", watch: "ios" } })).not.toBe(routeId(route));
});
