import { expect, test } from "vitest";
import { anIncident, noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

test("a channel muted until recovery is checked once for open incidents, not once per incident", async () => {
  const stage = aStage();
  const ids = Array.from({ length: 50 }, (_, i) => `w${i}.drop@2026-06-16T12`);
  for (const [i, id] of ids.entries()) {
    await stage.watches.save({ ...stage.watch, id: `w${i}` });
    await stage.incidents.save(anIncident({ id, watchId: `w${i}` }));
    await stage.outbox.add(id, stage.groupKey);
  }
  await stage.mutes.save({
    scope: { kind: "channel", channel: stage.watch.channel },
    by: "ada",
    at: noon,
    until: "recovery",
    incidents: ids,
  });
  let reads = 0;
  const byId = stage.incidents.byId.bind(stage.incidents);
  stage.incidents.byId = (id) => {
    reads++;
    return byId(id);
  };
  expect(await stage.newPosts()).toEqual([]);
  expect(reads).toBeGreaterThan(ids.length);
  expect(reads).toBeLessThan(5 * ids.length);
});
