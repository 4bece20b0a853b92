import { afterEach, expect, test } from "vitest";
import { createBot } from "../../src/bot.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { anAppWatch, aWatch, noon } from "../support/builders.ts";
import { workOnce } from "../support/by-hand.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";

const LIMIT = 250_000;
const RESERVE = 0.2 * LIMIT;
const segments = Array.from({ length: 30 }, (_, i) => ({ id: `s${i}`, share: 0.3 }));

let stage: Stage;
afterEach(() => stage.close());

/** An app with thirty segments, and one bot more on the same Redis. */
async function open() {
  stage = await setStage(noon, {
    apps: [stagedApp("ios", 0)],
    segments,
    ops: { channel: "C0OPS0001" },
  });
  const whole = anAppWatch({ id: "ios", createdAt: noon });
  const parts = segments.map(({ id }): Watch => {
    const series = { workspace: "main", app: "ios", segment: id, unit: "hour" } as const;
    return aWatch({ id: `ios-${id}`, segmentName: id, series, createdAt: noon });
  });
  for (const watch of [whole, ...parts]) await stage.bot.watches.save(watch);
  const other = createBot(stage.config, stage.connection, { clock: stage.now });
  await workOnce(stage.bot);
  return [stage.bot, other] as const;
}

const asked = () => stage.braze.control.requests();

/** How many series are evaluated through an hour. */
const evaluated = async (hour: number) =>
  [...(await stage.bot.progress.all()).values()].filter(
    ({ evaluatedThrough = 0 }) => evaluatedThrough >= hour,
  ).length;

/** Leaves so many requests of this hour. */
async function leave(requests: number) {
  const quota = await stage.bot.quotas.of("main", "default", stage.now());
  stage.braze.control.spend((quota?.remaining ?? LIMIT) - requests);
  // Somebody has to ask to know.
  await stage.bot.probe({ workspace: "main", app: "ios", unit: "hour" });
}

test("two bots together stop exactly at the reserve, and read everything afterward without extra requests", async () => {
  const bots = await open();
  stage.pass(HOUR);
  await leave(RESERVE + 5);
  const before = asked();
  await Promise.all(bots.map((bot) => workOnce(bot)));
  expect(asked() - before).toBeLessThanOrEqual(6);
  expect((await stage.bot.quotas.of("main", "default", stage.now()))!.remaining).toBeGreaterThanOrEqual(
    RESERVE - 1,
  );
  expect(await evaluated(noon + HOUR)).toBeGreaterThan(0);
  expect([...(await stage.bot.failures.all()).keys()]).toEqual(["quota.main"]);

  // With the next hour comes what was held, each series in one request.
  stage.pass(HOUR);
  const then = asked();
  for (const bot of bots) await workOnce(bot);
  expect(await evaluated(noon + 2 * HOUR)).toBe(31);
  expect(asked() - then).toBe(31);
  expect(await stage.bot.failures.all()).toEqual(new Map());
});

test("with a low quota, segments are read every second hour, the whole app every hour, and ops is notified once", async () => {
  const [bot] = await open();
  stage.pass(HOUR);
  await leave(RESERVE + 0.07 * LIMIT);
  await workOnce(bot);
  const read = await evaluated(noon + HOUR);
  expect(read).toBeGreaterThan(8);
  expect(read).toBeLessThan(24);
  expect((await bot.progress.of("main.ios.all.hour"))?.evaluatedThrough).toBe(noon + HOUR);

  stage.pass(12 * MINUTE);
  await workOnce(bot);
  const [posted] = stage.slack.messages("C0OPS0001");
  expect(posted?.text).toBe("🟠 The Braze API quota is almost used up (workspace main)");
  expect(JSON.stringify(posted?.blocks)).toContain("every second or third hour");

  // The other half has its turn in the next hour; nothing is late, nothing is behind.
  stage.pass(48 * MINUTE);
  await leave(RESERVE + 0.07 * LIMIT);
  await workOnce(bot);
  expect(await evaluated(noon + HOUR)).toBe(31);
  expect((await bot.healthIssues.all()).map(({ id }) => id)).toEqual(["quota.main"]);
});

test("a segment with an open incident is read every hour", async () => {
  const [bot] = await open();
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + HOUR, hours: 9 });
  stage.pass(HOUR);
  await workOnce(bot);
  for (let hour = 2; hour < 4; hour++) {
    stage.pass(HOUR);
    await leave(RESERVE + 0.04 * LIMIT);
    await workOnce(bot);
    const open = (await Promise.all(segments.map(({ id }) => bot.incidents.live(`ios-${id}`)))).filter(
      (live) => live.length > 0,
    );
    expect(await evaluated(noon + hour * HOUR)).toBeGreaterThanOrEqual(open.length);
    expect(open.length).toBeGreaterThan(20);
  }
});
