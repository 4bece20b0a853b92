import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { type Simulator, startBrazeSimulator } from "../../simulator/braze/server.ts";
import { createBot } from "../../src/bot.ts";
import { redact } from "../../src/redact.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { workOnce } from "../support/by-hand.ts";
import { type Stage, setStage } from "../support/stage.ts";

const EU_KEY = "key-of-the-eu-workspace";
const NEXT_KEY = "next-key-of-the-eu-workspace";

let stage: Stage;
let eu: Simulator;
let folder: string;
let now = 0;
beforeEach(async () => {
  now = noon + HOUR + 15 * MINUTE;
  stage = await setStage(noon, { ops: { channel: "C0OPS0001" } });
  eu = await startBrazeSimulator({
    apps: [{ id: "ios", counts: generated({ seed: 5, level: 900, zone: "Europe/Berlin" }) }],
    apiKey: EU_KEY,
    clock: () => now,
  });
  folder = mkdtempSync(join(tmpdir(), "tidewatch-spaces-"));
  writeFileSync(join(folder, "eu"), EU_KEY);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await eu.close();
  await stage.close();
});

const spaces = () => [
  ...stage.config.workspaces,
  {
    ...stage.config.workspaces[0]!,
    name: "eu",
    endpoint: eu.url,
    apiKey: EU_KEY,
    apiKeyFile: join(folder, "eu"),
    zone: "Europe/Berlin",
  },
];

const openBot = (workspaces = spaces()) =>
  createBot({ ...stage.config, workspaces }, stage.connection, { clock: () => now });

const ofMain = anAppWatch({ id: "main-ios", createdAt: noon });
const ofEu = anAppWatch({
  id: "eu-ios",
  series: { workspace: "eu", app: "ios", unit: "hour" },
  createdAt: noon,
});

async function pass(by: number, bot = openBot()) {
  now += by;
  stage.passTo(now - HOUR - 15 * MINUTE);
  await workOnce(bot);
}

const evaluatedThrough = async (seriesId: string) =>
  (await stage.bot.progress.of(seriesId))?.evaluatedThrough;

test("two workspaces are read and evaluated side by side, and one that is refused does not delay the other", async () => {
  const bot = openBot();
  for (const watch of [ofMain, ofEu]) await bot.watches.save(watch);
  await pass(0, bot);
  eu.control.useKey("somebody-elses-key");
  await pass(HOUR, bot);
  expect(await evaluatedThrough("main.ios.all.hour")).toBe(noon + HOUR);
  expect(await evaluatedThrough("eu.ios.all.hour")).toBe(noon);
  expect([...(await bot.failures.all()).keys()]).toEqual(["eu"]);
});

test("a key that is replaced in its file is used without a restart, every hour is caught up, and no key is shown", async () => {
  const bot = openBot();
  await bot.watches.save(ofEu);
  await pass(0, bot);
  eu.control.useKey(NEXT_KEY);
  await pass(HOUR, bot);
  expect(await evaluatedThrough("eu.ios.all.hour")).toBe(noon);

  writeFileSync(join(folder, "eu"), `${NEXT_KEY}\n`);
  await pass(HOUR, bot);
  expect(await evaluatedThrough("eu.ios.all.hour")).toBe(noon + 2 * HOUR);
  expect(await bot.failures.all()).toEqual(new Map());
  expect(redact(`Invalid: ${NEXT_KEY}`)).not.toContain(NEXT_KEY);
  const written = await stage.redis.written();
  for (const key of [EU_KEY, NEXT_KEY]) expect(written).not.toContain(key);
});

test("a watch of a workspace that is no longer configured is a clear health issue, and the other watches continue", async () => {
  for (const watch of [ofMain, ofEu]) await stage.bot.watches.save(watch);
  await pass(0);
  const without = openBot(spaces().slice(0, 1));
  await pass(HOUR, without);
  await pass(3 * MINUTE, without);
  expect(await evaluatedThrough("main.ios.all.hour")).toBe(noon + HOUR);
  const [posted] = stage.slack.messages("C0OPS0001");
  expect(posted?.text).toMatch(
    /Tidewatch cannot read Braze \(workspace eu\).*the workspace "eu" is not configured/,
  );

  // Named again, it goes on where it was.
  const again = openBot();
  await pass(HOUR, again);
  expect(await evaluatedThrough("eu.ios.all.hour")).toBe(noon + 2 * HOUR);
  await pass(6 * MINUTE, again);
  expect(stage.slack.messages("C0OPS0001")[0]?.text).toMatch(/^✅ Resolved/);
});
