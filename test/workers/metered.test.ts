import { expect, test } from "vitest";
import { notify } from "../../src/pipeline/notify.ts";
import { HOUR } from "../../src/time/time.ts";
import { metered } from "../../workers/monitoring/metered.ts";
import { createMetrics } from "../../workers/monitoring/metrics.ts";
import { aStage } from "../pipeline/stage.ts";
import { anIncident, noon } from "../support/builders.ts";

/** A group key whose writes are counted, with the numbers of opened and resolved incidents. */
async function countedStage() {
  const stage = aStage();
  const metrics = createMetrics();
  const bot = metered(stage, metrics, {});
  await stage.watches.save(stage.watch);
  const total = async (name: string) => {
    const { values } = await metrics.registry.getSingleMetric(`tidewatch_incidents_${name}_total`)!.get();
    return values.reduce((sum, { value }) => sum + value, 0);
  };
  return { stage, bot, counts: async () => [await total("opened"), await total("resolved")] };
}

test.each([
  ["of which people hear only when it is over", undefined],
  ["that was muted until after its end", noon + 90 * HOUR],
])("an incident %s is counted as opened once and as resolved once", async (_, mutedUntil) => {
  const { stage, bot, counts } = await countedStage();
  if (mutedUntil) {
    const scope = { kind: "watch", watch: "ios" } as const;
    await stage.mutes.save({ scope, by: "ada", at: noon, until: mutedUntil, incidents: [] });
  }
  await bot.incidents.save(anIncident({ id: stage.id, watchId: "ios", resolvedAt: noon + 3 * HOUR }));
  expect(await counts()).toEqual([1, 1]);
  await stage.outbox.add(stage.id, stage.groupKey);
  await notify(stage.groupKey, bot);
  expect((await stage.incidents.byId(stage.id))!.version).toBeGreaterThan(1);
  expect(await counts()).toEqual([1, 1]);
});

test("an incident that reopens and resolves again is counted once more for each", async () => {
  const { bot, counts } = await countedStage();
  const first = (await bot.incidents.save(anIncident()))!;
  const same = (await bot.incidents.save({ ...first, severity: "critical" }))!;
  expect(await counts()).toEqual([1, 0]);
  const over = (await bot.incidents.save({ ...same, resolvedAt: noon + HOUR }))!;
  // A write that another came before changes nothing.
  await bot.incidents.save({ ...same, resolvedAt: noon + HOUR });
  expect(await counts()).toEqual([1, 1]);
  const { resolvedAt: _, ...again } = over;
  const open = (await bot.incidents.save(again))!;
  expect(await counts()).toEqual([2, 1]);
  await bot.incidents.save({ ...open, resolvedAt: noon + 2 * HOUR });
  expect(await counts()).toEqual([2, 2]);
});
