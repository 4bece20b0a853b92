import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../../src/cli/explain.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { runMain, settingsOf } from "../support/program.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(noon);
  await stage.bot.watches.save(watches[0]!);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon, hours: 1 });
  await stage.startWorkers();
  await stage.liveThrough(noon);
});
afterAll(() => stage.close());

const explain = (...args: string[]) => runMain(main, args, settingsOf(stage));

test("the last hour is explained in plain words", async () => {
  const { status, printed } = await explain("ios");
  expect(printed).toMatch(/^Tue 16 Jun 12:00 · 0 sessions, expected 3\d\d \(\d+–\d+\), −100%/);
  expect(printed).toMatch(/outside the expected range: a drop, critical/);
  expect(status).toBe(0);
});

test("any hour is explained as JSON", async () => {
  const { printed } = await explain("ios", "2026-06-15T09:00", "--json");
  expect(JSON.parse(printed)).toMatchObject({ bucket: noon - 27 * HOUR, verdict: { kind: "normal" } });
});

test.each(["5h", "-5h"])("%s is an hour that far back", async (span) => {
  const bucket = Math.floor(Date.now() / HOUR - 5) * HOUR;
  const { printed } = await explain("ios", span);
  // The stage's clock is not this machine's, so nothing is known of that hour.
  expect(printed).toContain(`does not contain ${new Date(bucket).toISOString().slice(0, 13)}`);
});

test.each([
  [["ios", "--why"], /Unknown option '--why'[\s\S]*npm run explain -- WATCH/],
  [[], /which watch\?/],
  [["android"], /there is no watch "android"/],
  [["ios", "2020-01-01"], /the history of ios does not contain 2020-01-01/],
  [["ios", "noonish"], /there is ios, but "noonish" is neither a time/],
])("with %j the command says what is wrong", async (args, message) => {
  const { status, printed } = await explain(...args);
  expect(status).toBe(1);
  expect(printed).toMatch(message);
});
