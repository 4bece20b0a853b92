import { beforeEach, describe, expect, test } from "vitest";
import type { Incident, LastNotified } from "../../src/incidents/incident.ts";
import type { IncidentStore } from "../../src/pipeline/ports/incidents.ts";
import { HOUR, hourName } from "../../src/time/time.ts";
import { anIncident, noon } from "../support/builders.ts";
import { countedKinds } from "./kinds.ts";

const lastNotified: LastNotified = {
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: noon,
  channel: "C0ALERTS1",
  ts: "1.2",
};

const openedAt = (hours: number, over: Partial<Incident> = {}): Incident => {
  const bucket = noon + hours * HOUR;
  return anIncident({ id: `ios-us.drop@${hourName(bucket)}`, openedAt: bucket, ...over });
};

describe.each(countedKinds)("incidents in %s", (_, open) => {
  let incidents: IncidentStore;
  beforeEach(() => {
    incidents = open().incidents;
  });

  test("an unknown incident is missing", async () => {
    expect(await incidents.byId("ios-us.drop@2026-06-16T12")).toBeUndefined();
    expect(await incidents.byId("nonsense")).toBeUndefined();
    expect(await incidents.live("ios-us")).toEqual([]);
    expect(await incidents.since("ios-us", 0)).toEqual([]);
  });

  test("an incident comes back whole, its version raised by one", async () => {
    const saved = await incidents.save(anIncident({ lastNotified, balance: -0.25 }));
    expect(saved).toEqual(anIncident({ lastNotified, balance: -0.25, version: 1 }));
    expect(await incidents.byId("ios-us.drop@2026-06-16T12")).toEqual(saved);
    expect(await incidents.live("ios-us")).toEqual([saved]);
    expect(await incidents.since("ios-us", noon)).toEqual([saved]);
  });

  test("a write onto an outdated version is refused and changes nothing", async () => {
    const first = await incidents.save(anIncident());
    const second = await incidents.save({ ...first!, severity: "critical" });
    expect(second?.version).toBe(2);
    expect(await incidents.save({ ...first!, balance: 0 })).toBeUndefined();
    expect(await incidents.save(anIncident())).toBeUndefined();
    expect(await incidents.save({ ...second!, version: 3 })).toBeUndefined();
    expect(await incidents.byId(first!.id)).toEqual(second);
  });

  test("one of many simultaneous writers wins", async () => {
    const before = (await incidents.save(anIncident()))!;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => incidents.save({ ...before, balance: i })),
    );
    const [won, ...others] = answers.filter((answer) => answer !== undefined);
    expect(others).toEqual([]);
    expect(await incidents.byId(before.id)).toEqual(won);
  });

  test("an incident that two workers open at once is opened once", async () => {
    const answers = await Promise.all([incidents.save(anIncident()), incidents.save(anIncident())]);
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
  });

  test("an incident stays until its resolution has been posted", async () => {
    const opened = (await incidents.save(anIncident({ lastNotified })))!;
    const resolved = (await incidents.save({ ...opened, resolvedAt: noon + 3 * HOUR }))!;
    expect(await incidents.live("ios-us")).toEqual([resolved]);
    const over = (await incidents.save({ ...resolved, lastNotified: { ...lastNotified, resolved: true } }))!;
    expect(await incidents.live("ios-us")).toEqual([]);
    expect(await incidents.since("ios-us", noon)).toEqual([over]);
  });

  test("an incident can open again after it was removed", async () => {
    const over = (await incidents.save(
      anIncident({ resolvedAt: noon, lastNotified: { ...lastNotified, resolved: true } }),
    ))!;
    const { resolvedAt: _, ...again } = over;
    const live = await incidents.save(again);
    expect(await incidents.live("ios-us")).toEqual([live]);
  });

  test("the incidents since a bucket are listed oldest first, and only those of the watch", async () => {
    for (const hours of [5, -3, 0, 12]) await incidents.save(openedAt(hours));
    await incidents.save(anIncident({ id: "web.drop@2026-06-16T12", watchId: "web" }));
    const found = await incidents.since("ios-us", noon);
    expect(found.map((incident) => (incident.openedAt - noon) / HOUR)).toEqual([0, 5, 12]);
  });
});
