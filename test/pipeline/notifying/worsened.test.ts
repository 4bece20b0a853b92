import { expect, test } from "vitest";
import { HOUR } from "../../../src/time/time.ts";
import { anAppWatch, anIncident, noon } from "../../builders.ts";
import { aRoom } from "../stage.ts";

test("in a message of several, each that turns critical after the last was over is said once, aloud", async () => {
  const room = aRoom();
  const web = anAppWatch({
    id: "web",
    series: { workspace: "main", app: "web", unit: "hour" },
    appName: "Web",
  });
  await room.watches.save(web);
  const other = "web.drop@2026-06-16T12";
  await room.incidents.save(anIncident({ id: other, watchId: "web" }));
  await room.outbox.add(other, room.room);
  await room.stands(0);
  await room.heard();

  const turn = async (id: string, change: Parameters<typeof anIncident>[0]) => {
    const before = (await room.incidents.byId(id))!;
    await room.incidents.save({ ...before, ...change });
    await room.outbox.add(id, room.room);
    const aloud = (await room.heard()).filter(({ how }) => how === "broadcast");
    return aloud.map(({ text }) => text.slice(0, 30));
  };
  expect(await turn(room.id, { severity: "critical", lastBucket: noon + HOUR })).toHaveLength(1);
  expect(await turn(room.id, { resolvedAt: noon + 3 * HOUR, lastBucket: noon + 3 * HOUR })).toHaveLength(0);
  const said = await turn(other, { severity: "critical", lastBucket: noon + 4 * HOUR });
  expect(said).toEqual(["⬇️ Worse, now critical: Web"]);
  expect(await turn(other, { lastBucket: noon + 5 * HOUR })).toHaveLength(0);
});
