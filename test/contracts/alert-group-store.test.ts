import { beforeEach, describe, expect, test } from "vitest";
import type { AlertGroup } from "../../src/incidents/alert-group.ts";
import type { AlertGroupStore } from "../../src/pipeline/ports/incidents.ts";
import { HOUR, hourName } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

const ROOM = "main.C0ALERTS1.hour.drop";

const anAlertGroup = (hours = 0, over: Partial<AlertGroup> = {}): AlertGroup => ({
  id: `${ROOM}@${hourName(noon + hours * HOUR)}`,
  groupKey: ROOM,
  openedAt: noon + hours * HOUR,
  members: ["ios.drop@2026-06-16T12"],
  version: 0,
  ...over,
});

describe.each(kinds)("alert groups in %s", (_, open) => {
  let alertGroups: AlertGroupStore;
  beforeEach(() => {
    alertGroups = open().alertGroups;
  });

  test("an unknown alert group is missing", async () => {
    expect(await alertGroups.byId(anAlertGroup().id)).toBeUndefined();
    expect(await alertGroups.near(ROOM, 0, noon)).toEqual([]);
  });

  test("an alert group comes back whole, with its version raised by one", async () => {
    const ref = { channel: "C0ALERTS1", ts: "1.2" };
    const saved = await alertGroups.save(anAlertGroup(0, { ref }));
    expect(saved).toEqual(anAlertGroup(0, { ref, version: 1 }));
    expect(await alertGroups.byId(anAlertGroup().id)).toEqual(saved);
  });

  test("the groups of a group key are listed by opening time, oldest first", async () => {
    for (const hours of [4, 0, 2]) await alertGroups.save(anAlertGroup(hours));
    await alertGroups.save({
      ...anAlertGroup(0),
      id: `other.C1.hour.drop@${hourName(noon)}`,
      groupKey: "other.C1.hour.drop",
    });
    const found = await alertGroups.near(ROOM, noon, noon + 3 * HOUR);
    expect(found.map(({ openedAt }) => openedAt)).toEqual([noon, noon + 2 * HOUR]);
  });

  test("one of many simultaneous writers wins, and an outdated version is refused", async () => {
    const before = (await alertGroups.save(anAlertGroup()))!;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => alertGroups.save({ ...before, members: [`m${i}`] })),
    );
    const [won, ...others] = answers.filter((answer) => answer !== undefined);
    expect(others).toEqual([]);
    expect(await alertGroups.byId(before.id)).toEqual(won);
    expect(await alertGroups.save(anAlertGroup())).toBeUndefined();
  });
});
