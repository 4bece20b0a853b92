import { expect, test } from "vitest";
import { anIncident, noon } from "../../builders.ts";
import { aRoom } from "../stage.ts";

test("a channel muted until recovery is checked once for open incidents, not once per incident", async () => {
  const groupKey = aRoom();
  const ids = Array.from({ length: 50 }, (_, i) => `w${i}.drop@2026-06-16T12`);
  for (const [i, id] of ids.entries()) {
    await groupKey.watches.save({ ...groupKey.watch, id: `w${i}` });
    await groupKey.incidents.save(anIncident({ id, watchId: `w${i}` }));
    await groupKey.outbox.add(id, groupKey.groupKey);
  }
  await groupKey.mutes.save({
    scope: { kind: "channel", channel: groupKey.watch.channel },
    by: "ada",
    at: noon,
    until: "recovery",
    incidents: ids,
  });
  let reads = 0;
  const byId = groupKey.incidents.byId.bind(groupKey.incidents);
  groupKey.incidents.byId = (id) => {
    reads++;
    return byId(id);
  };
  expect(await groupKey.heard()).toEqual([]);
  expect(reads).toBeGreaterThan(ids.length);
  expect(reads).toBeLessThan(5 * ids.length);
});
