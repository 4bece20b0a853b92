import { afterEach, beforeEach, expect, test } from "vitest";
import { generated } from "../../../simulator/braze/counts.ts";
import { type Simulator, startBrazeSimulator } from "../../../simulator/braze/server.ts";
import { brazeSpaces } from "../../../src/adapters/braze/spaces.ts";
import type { Context } from "../../../src/pipeline/context.ts";
import { breakdownOf, readBreakdown } from "../../../src/pipeline/notifying/breakdown.ts";
import { breakdownLines } from "../../../src/text/breakdown.ts";
import { plainText } from "../../../src/text/text.ts";
import { HOUR, WEEK } from "../../../src/time/time.ts";
import { anAppWatch, anIncident, aScore, noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

const KEY = "simulated-braze-key";
let braze: Simulator;
let context: Context;
let now = noon + 1.25 * HOUR;
const watch = anAppWatch({ id: "ios" });

beforeEach(async () => {
  now = noon + 1.25 * HOUR;
  braze = await startBrazeSimulator({
    apps: [
      { id: "ios", counts: generated({ seed: 1, level: 4_000, zone: "UTC" }) },
      { id: "android", counts: generated({ seed: 2, level: 6_000, zone: "UTC" }) },
      { id: "web", counts: generated({ seed: 3, level: 2_000, zone: "UTC" }) },
    ],
    segments: [
      { id: "new", name: "New users", share: 0.3 },
      { id: "vip", name: "VIPs", share: 0.1 },
      { id: "untracked", name: "Untracked", share: 0.5, tracked: false },
    ],
    apiKey: KEY,
    clock: () => now,
  });
  const spaces = brazeSpaces([
    { name: "main", endpoint: braze.url, apiKey: KEY, zone: "UTC", clock: () => now },
  ]);
  context = { ...aContext(), clock: () => now, source: spaces.source, segments: spaces.listSegments };
  await context.watches.save(watch);
  // The budget of a week grows with the watches of the workspace.
  await watchOthers(9);
});
afterEach(() => braze.close());

async function watchOthers(watches: number): Promise<void> {
  for (let i = 0; i < watches; i++)
    await context.watches.save(
      anAppWatch({
        id: `other-${i}`,
        appName: i % 2 ? "Android" : "Web",
        series: { workspace: "main", app: i % 2 ? "android" : "web", segment: `s${i}`, unit: "hour" },
      }),
    );
}

/** The incident of iOS at noon, with the sum over what the simulated Braze counted. */
const incident = () => {
  const observed = braze.control.sessions({ app: "ios" }, noon);
  return anIncident({
    id: "ios.drop@2026-06-16T12",
    watchId: "ios",
    latest: aScore({ observed, expected: observed / 0.4 }),
  });
};

const linesOf = (breakdown: Awaited<ReturnType<typeof readBreakdown>>) =>
  breakdownLines(breakdown!, "drop", watch.series).map((line) => plainText(line));

test("an app that fell alone has nearly all of the loss, read from apps that nobody watches", async () => {
  braze.control.happen({ kind: "drop", series: { app: "ios" }, from: noon, hours: 3, size: 0.6 });
  const breakdown = await breakdownOf({ incident: incident(), watch }, context);
  const [first, ...more] = linesOf(breakdown);
  expect(first).toMatch(/^iOS −(5\d|6\d)%, (8\d|9\d|100)% of the loss; .*as expected$/);
  expect(first).toMatch(/Android/);
  // All of its segments fell alike.
  expect(more.join()).not.toMatch(/segment/);
  expect(breakdown!.segments.map(({ name }) => name)).toEqual(["New users", "VIPs"]);
});

test("a segment that fell far more than everybody else is named", async () => {
  braze.control.happen({
    kind: "drop",
    series: { app: "ios", segment: "new" },
    from: noon,
    hours: 3,
    size: 0.7,
  });
  const observed = braze.control.sessions({ app: "ios" }, noon);
  const latest = aScore({ observed: 0.79 * observed, expected: observed });
  const breakdown = await readBreakdown({ incident: anIncident({ ...incident(), latest }), watch }, context);
  expect(linesOf(breakdown).join("\n")).toMatch(
    /segment New users −(6|7)\d%, \d+% of the loss, everybody else/,
  );
});

test("it is read once, and what was read costs nothing the second time", async () => {
  const first = await breakdownOf({ incident: incident(), watch }, context);
  const requests = braze.control.requests();
  expect(requests).toBeGreaterThan(0);
  expect(await breakdownOf({ incident: incident(), watch }, context)).toEqual(first);
  await readBreakdown({ incident: incident(), watch }, context);
  // The list of segments alone is asked for again.
  expect(braze.control.requests() - requests).toBeLessThanOrEqual(2);
});

test("incident after incident, all breakdowns of a week cost at most 0.15 requests for each hour and series", async () => {
  const lists = () => braze.control.seen().filter(({ path }) => path === "/segments/list").length;
  for (let hours = 0; hours < 40; hours++) {
    const { id: _, ...one } = incident();
    await readBreakdown({ incident: anIncident({ ...one, id: `ios.drop@${hours}` }), watch }, context);
  }
  const all = braze.control.requests() - lists();
  expect(all).toBeGreaterThan(100);
  expect(all).toBeLessThanOrEqual(0.15 * 168 * 10);
  // The next week has a budget of its own.
  now += WEEK;
  await readBreakdown({ incident: anIncident({ ...incident(), id: "ios.drop@later" }), watch }, context);
  expect(braze.control.requests() - lists()).toBeGreaterThan(all);
});

test("a part that Braze refuses, or that nobody may list, is left out", async () => {
  const refused = { ...context, segments: async () => Promise.reject(new Error("no permission")) };
  const elsewhere = anAppWatch({
    id: "gone",
    appName: "Gone",
    series: { workspace: "main", app: "gone", segment: "x", unit: "hour" },
  });
  await context.watches.save(elsewhere);
  const breakdown = await readBreakdown({ incident: incident(), watch }, refused);
  expect(breakdown?.segments).toEqual([]);
  expect(breakdown?.apps.map(({ name }) => name).sort()).toEqual(["Android", "Web", "iOS"]);
});

test("a Braze that never answers does not hold up an alert", async () => {
  const hanging = { ...context, source: { points: () => new Promise<never>(() => {}) } };
  const started = performance.now();
  expect(await breakdownOf({ incident: incident(), watch }, hanging)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(20_000);
});
