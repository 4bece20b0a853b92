import { describe, expect, test } from "vitest";
import { HOUR } from "../../../src/time/time.ts";
import { anAppWatch, anIncident, noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

/** An incident of another watch joins the message. */
async function joining(app: string, segment?: string) {
  const stage = aStage();
  await stage.stands(0);
  await stage.newPosts();
  const id = segment ? `${app}-${segment}` : app;
  const series = { workspace: "main", app, unit: "hour", ...(segment && { segment }) } as const;
  await stage.watches.save(
    anAppWatch({ id, series, appName: app, ...(segment && { segmentName: segment }) }),
  );
  await stage.incidents.save(anIncident({ id: `${id}.drop@2026-06-16T12`, watchId: id }));
  await stage.outbox.add(`${id}.drop@2026-06-16T12`, stage.groupKey);
  return (await stage.newPosts()).filter(({ how }) => how !== "edit");
}

describe("an incident that joins a message", () => {
  test("is shown to the whole channel, with its numbers, when it is of another app", async () => {
    expect(await joining("web")).toEqual([
      expect.objectContaining({
        how: "broadcast",
        text: "🟠 Warning, also down now: web down 51% – 610 vs 1,105–1,382 expected sessions (Tue 12–1 PM UTC). Added to the drop of iOS (2 watches).",
      }),
    ]);
  });

  test("is shown in the thread alone when it is a segment of an app that the message names", async () => {
    expect((await joining("ios", "new")).map(({ how }) => how)).toEqual(["reply"]);
  });
});

test("an incident that is reopened is shown to the whole channel once in six hours, and always in its thread", async () => {
  const stage = aStage();
  await stage.stands(0);
  await stage.newPosts();
  /** It resolves, and opens again an hour later. */
  const reopens = async (hours: number) => {
    stage.passTo(hours);
    await stage.stands(hours, { resolvedAt: noon + hours * HOUR });
    await stage.newPosts();
    stage.passTo(hours + 1);
    const { resolvedAt: _, ...open } = (await stage.incidents.byId(stage.id))!;
    const last = noon + (hours + 1) * HOUR;
    await stage.incidents.save({ ...open, reopenedAt: last, lastBucket: last, lastAnomalousBucket: last });
    await stage.outbox.add(stage.id, stage.groupKey);
    return (await stage.newPosts()).map(({ how }) => how).filter((how) => how !== "edit");
  };
  expect(await reopens(1)).toEqual(["broadcast"]);
  expect(await reopens(3)).toEqual(["reply"]);
  expect(await reopens(5)).toEqual(["reply"]);
  expect(await reopens(7)).toEqual(["broadcast"]);
});
