import { expect, test } from "vitest";
import { HOUR } from "../../../src/time/time.ts";
import { anAppWatch, anIncident, noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

test("in a message of several incidents, each that turns critical after the last resolved is broadcast once", async () => {
  const stage = aStage();
  const web = anAppWatch({
    id: "web",
    series: { workspace: "main", app: "web", unit: "hour" },
    appName: "Web",
  });
  await stage.watches.save(web);
  const other = "web.drop@2026-06-16T12";
  await stage.incidents.save(anIncident({ id: other, watchId: "web" }));
  await stage.outbox.add(other, stage.groupKey);
  await stage.stands(0);
  await stage.newPosts();

  const turn = async (id: string, change: Parameters<typeof anIncident>[0]) => {
    const before = (await stage.incidents.byId(id))!;
    await stage.incidents.save({ ...before, ...change });
    await stage.outbox.add(id, stage.groupKey);
    const aloud = (await stage.newPosts()).filter(({ how }) => how === "broadcast");
    return aloud.map(({ text }) => text.slice(0, 34));
  };
  expect(await turn(stage.id, { severity: "critical", lastBucket: noon + HOUR })).toHaveLength(1);
  expect(await turn(stage.id, { resolvedAt: noon + 3 * HOUR, lastBucket: noon + 3 * HOUR })).toHaveLength(0);
  const posted = await turn(other, { severity: "critical", lastBucket: noon + 4 * HOUR });
  expect(posted).toEqual([expect.stringMatching(/^🔴 Critical, escalated: Web down/)]);
  expect(await turn(other, { lastBucket: noon + 5 * HOUR })).toHaveLength(0);
});
