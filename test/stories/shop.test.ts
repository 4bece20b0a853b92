import { afterAll, beforeAll, expect, test } from "vitest";
import { apps, events, incidentsFrom, products, START, watches, ZONE } from "../../simulator/demo/scene.ts";
import type { Bot } from "../../src/bot.ts";
import { HOUR } from "../../src/time/time.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

/** When the checkout of the demo's shop breaks. */
const BROKEN = Math.min(...incidentsFrom(START).map(({ from }) => from));
const CHANNEL = "C0ALERTS1";

let stage: Stage;
beforeAll(async () => {
  // Within an hour the clock stands still: an edit would wait for a minute that never passes.
  const decorated = (bot: Bot): Bot => ({ ...bot, editEvery: 0 });
  stage = await setStage(START, { apps, events, products, zone: ZONE, decorated });
  for (const watch of watches)
    await stage.bot.watches.save({ ...watch, series: { ...watch.series, workspace: "main" } });
  for (const incident of incidentsFrom(START)) stage.braze.control.happen(incident);
  await stage.startWorkers();
  await stage.liveThrough(BROKEN - HOUR);
}, 120_000);
afterAll(() => stage.close());

const messages = () => stage.slack.messages(CHANNEL);
const roots = () => messages().filter(({ threadTs, ts }) => !threadTs || threadTs === ts);
const shown = () => JSON.stringify(roots().map(({ text, blocks }) => [text, blocks]));

test("an outage of the checkout is one message with its revenue within two hours, and sessions are as expected", async () => {
  expect(messages()).toEqual([]);
  // The two hours after it begins.
  await stage.liveThrough(BROKEN + HOUR);
  await until(() => /as expected/.test(shown()), "the message to say what did not move");

  expect(shown()).toMatch(/Order Completed −(6|7)\d%, sessions as expected/);
  expect(shown()).toMatch(/Order Completed · Web/);
  expect(shown()).toMatch(/Order Completed per session · Web/);
  expect(shown()).toMatch(/Revenue · Web down \d+%: \$[\d,]+.* vs \$[\d,]+–\$[\d,]+ expected/);
  expect(shown()).toMatch(/about \$[\d,]+ less revenue/);
  expect(roots()).toHaveLength(1);
  // Whoever joins it is shown in its thread alone.
  expect(messages().filter(({ isBroadcast }) => isBroadcast)).toEqual([]);

  const incidents = async (id: string) => stage.bot.incidents.live(id);
  expect(await incidents("web")).toEqual([]);
  for (const id of ["order-completed-web", "revenue-web", "order-completed-per-session-web"])
    expect(await incidents(id), id).toHaveLength(1);
  expect(new Set((await stage.bot.alertGroups.byId(await groupOf("revenue-web")))?.members).size).toBe(3);
});

const groupOf = async (watchId: string) => (await stage.bot.incidents.live(watchId))[0]!.alertGroupId!;

test("what orders, revenue and their ratio lost is never added up, and none of them is a segment", () => {
  expect(shown()).not.toMatch(/fewer revenue|less events|segment/);
});

test("the evidence of revenue is stored and explained in dollars", async () => {
  const [incident] = await stage.bot.incidents.live("revenue-web");
  const { observed, expected } = incident!.latest;
  expect(expected).toBeGreaterThan(100);
  expect(observed).toBeLessThan(0.6 * expected);
  expect(Math.round(observed * 100)).toBeCloseTo(observed * 100, 6);
});

test("once the checkout works again, the same message says so", async () => {
  await stage.liveThrough(BROKEN + 6 * HOUR);
  await until(() => /Resolved/.test(roots()[0]!.text), "the message to say that it is over");
  expect(roots()).toHaveLength(1);
});
