import { afterAll, beforeAll, expect, test } from "vitest";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";

const order = "Order Completed";

const watchOf = (id: string, series: Omit<Watch["series"], "workspace">): Watch =>
  anAppWatch({ id, appName: "iOS", series: { workspace: "main", app: "ios", ...series } });

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(noon, {
    apps: [stagedApp("ios", 4)],
    events: [{ name: order, perSession: 0.2 }],
    products: [{ name: "Rice Bowl", perSession: 0.2, price: 25 }],
  });
  for (const watch of [
    watchOf("ios", { unit: "hour" }),
    watchOf("orders", { metric: "events", item: order, unit: "hour" }),
    watchOf("revenue", { metric: "revenue", unit: "hour" }),
  ])
    await stage.bot.watches.save(watch);
  const broken = { from: noon + HOUR, hours: 4, kind: "drop", size: 0.7 } as const;
  for (const metric of ["events", "purchases", "revenue"] as const)
    stage.braze.control.happen({ series: { metric }, ...broken });
  await stage.startWorkers();
  await stage.liveThrough(noon);
  await stage.liveThrough(noon + 2 * HOUR);
}, 120_000);
afterAll(() => stage.close());

test("an outage of the checkout is one message with its revenue within two hours, and sessions are as expected", async () => {
  const incidents = async (id: string) => stage.bot.incidents.live(id);
  expect(await incidents("ios")).toEqual([]);
  expect(await incidents("orders")).toHaveLength(1);
  expect(await incidents("revenue")).toHaveLength(1);

  const roots = stage.slack.messages("C0ALERTS1").filter(({ threadTs, ts }) => !threadTs || threadTs === ts);
  expect(roots).toHaveLength(1);
  const shown = `${roots[0]!.text}\n${JSON.stringify(roots[0]!.blocks)}`;
  expect(shown).toMatch(/Order Completed · iOS/);
  expect(shown).toMatch(/Revenue · iOS down \d+%: \$[\d,.]+.* vs \$[\d,]+–\$[\d,]+ expected/);
  expect(shown).toMatch(/about \$[\d,]+ less revenue/);
  expect(shown).toMatch(/about [\d,]+ fewer events/);
  // Orders are no segment of revenue.
  expect(shown).not.toMatch(/segment/);
  // What one and the other lost is never added up.
  expect(shown).not.toMatch(/fewer revenue|less events/);
});

test("the evidence of revenue is stored and explained in dollars", async () => {
  const [incident] = await stage.bot.incidents.live("revenue");
  const { observed, expected } = incident!.latest;
  expect(expected).toBeGreaterThan(1_000);
  expect(observed).toBeLessThan(0.6 * expected);
  expect(Math.round(observed * 100)).toBeCloseTo(observed * 100, 6);
});
