import { afterEach, expect, test } from "vitest";
import { seriesId } from "../../src/series/series.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { workOnce } from "../support/by-hand.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";

let stage: Stage;
afterEach(() => stage.close());

const products = Array.from({ length: 70 }, (_, i) => ({ name: `Product ${i}`, perSession: 0.1, price: 10 }));

const watchOf = (id: string, series: Omit<Watch["series"], "workspace">): Watch =>
  anAppWatch({ id, series: { workspace: "main", ...series }, createdAt: noon });

test("the histories of seventy products are spread over hours: their pool is never used up, and sessions are read meanwhile", async () => {
  stage = await setStage(noon, { apps: [stagedApp("ios", 0)], products });
  const { bot, braze } = stage;
  const sessions = watchOf("ios", { app: "ios", unit: "hour" });
  const all = watchOf("purchases", { metric: "purchases", unit: "hour" });
  const single = products.map(({ name }, i) =>
    watchOf(`p${i}`, { metric: "purchases", item: name, unit: "hour" }),
  );
  for (const watch of [sessions, all, ...single]) await bot.watches.save(watch);

  const evaluated = async (watches: readonly Watch[], hour: number) => {
    const progress = await bot.progress.all();
    return watches.filter(({ series }) => (progress.get(seriesId(series))?.evaluatedThrough ?? 0) >= hour)
      .length;
  };
  const left = async () => (await bot.quotas.of("main", "purchases", stage.now()))?.remaining ?? 1_000;

  await workOnce(bot);
  const first = await evaluated(single, noon);
  expect(first).toBeGreaterThan(10);
  expect(first).toBeLessThan(40);
  expect(await evaluated([sessions], noon)).toBe(1);
  // What is left is for the newest hours of what is watched already.
  expect(await left()).toBeGreaterThan(500);
  expect(braze.control.seen().filter(({ status }) => status === 429)).toEqual([]);

  for (let hour = 1; hour <= 4; hour++) {
    stage.pass(HOUR);
    await workOnce(bot);
    expect(await evaluated([sessions], noon + hour * HOUR)).toBe(1);
    expect(await left()).toBeGreaterThan(200);
  }
  expect(await evaluated(single, noon + 3 * HOUR)).toBe(70);
  expect([...(await bot.failures.all()).keys()]).toEqual([]);
}, 120_000);

test("a pool of purchases that is used up holds back no sessions, and ops is notified of that pool", async () => {
  stage = await setStage(noon, { apps: [stagedApp("ios", 0)], products, ops: { channel: "C0OPS0001" } });
  const { bot, braze } = stage;
  const sessions = watchOf("ios", { app: "ios", unit: "hour" });
  const revenue = watchOf("revenue", { metric: "revenue", unit: "hour" });
  for (const watch of [sessions, revenue]) await bot.watches.save(watch);
  await workOnce(bot);
  stage.pass(HOUR);
  braze.control.spend(2_000, "purchases");
  await workOnce(bot);
  const progressOf = async ({ series }: Watch) => (await bot.progress.of(seriesId(series)))?.evaluatedThrough;
  expect([await progressOf(sessions), await progressOf(revenue)]).toEqual([noon + HOUR, noon]);
  expect([...(await bot.failures.all()).keys()]).toEqual(["quota.main.purchases"]);

  stage.pass(HOUR);
  await workOnce(bot);
  stage.pass(5 * MINUTE);
  await workOnce(bot);
  expect(await progressOf(revenue)).toBe(noon + 2 * HOUR);
  expect(await bot.failures.all()).toEqual(new Map());
});
