import { expect, test } from "vitest";
import { anIncident, noon } from "../../builders.ts";
import { aRoom } from "../stage.ts";

test("a channel muted until it recovers is asked once, not once an incident, what goes on in it", async () => {
  const room = aRoom();
  const ids = Array.from({ length: 50 }, (_, i) => `w${i}.drop@2026-06-16T12`);
  for (const [i, id] of ids.entries()) {
    await room.watches.save({ ...room.watch, id: `w${i}` });
    await room.incidents.save(anIncident({ id, watchId: `w${i}` }));
    await room.outbox.add(id, room.room);
  }
  await room.mutes.save({
    scope: { kind: "channel", channel: room.watch.channel },
    by: "ada",
    at: noon,
    until: "recovery",
    incidents: ids,
  });
  let reads = 0;
  const byId = room.incidents.byId.bind(room.incidents);
  room.incidents.byId = (id) => {
    reads++;
    return byId(id);
  };
  expect(await room.heard()).toEqual([]);
  expect(reads).toBeGreaterThan(ids.length);
  expect(reads).toBeLessThan(5 * ids.length);
});
