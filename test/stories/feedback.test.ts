import { afterEach, expect, test } from "vitest";
import { verdictOf } from "../../src/detector/detector.ts";
import { exclude } from "../../src/pipeline/actions/exclude.ts";
import { replayInputOf } from "../../src/pipeline/actions/feedback.ts";
import { labelIncident } from "../../src/pipeline/actions/label.ts";
import { undo } from "../../src/pipeline/changes/change.ts";
import { replay } from "../../src/reports/replay.ts";
import { seriesId } from "../../src/series/series.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
afterEach(() => stage?.close());

const at = (hours: number) => noon + hours * HOUR;
const names = ["ios", "android", "web", "tv"];
const watches = names.map((app) =>
  anAppWatch({ id: app, appName: app, series: { workspace: "main", app, unit: "hour" } }),
);
const [ios, android, web, tv] = watches as [Watch, Watch, Watch, Watch];

const newest = async ({ id }: Watch) => (await stage.bot.incidents.since(id, noon)).at(-1)!;
const excluded = async ({ series }: Watch) => stage.bot.exclusions.of(seriesId(series));
const threadOf = async (watch: Watch) => {
  const { lastNotified } = await newest(watch);
  return stage.slack.messages("C0ALERTS1").filter(({ threadTs }) => threadTs === lastNotified?.ts);
};

/** Sets or removes a label, and waits until the reply was posted. */
async function notify(watch: Watch, act: () => Promise<unknown>): Promise<void> {
  stage.pass(MINUTE);
  const before = (await threadOf(watch)).length;
  await act();
  await until(async () => (await stage.bot.outbox.all()).size === 0, `what is said of ${watch.id}`);
  expect((await threadOf(watch)).length).toBeGreaterThan(before);
}

/** What the watch makes of an hour as things are known now. */
async function verdictOn(watch: Watch, hours: number) {
  const id = seriesId(watch.series);
  const profile = (await stage.bot.profiles())(id);
  const { evidence } = replay((await replayInputOf(id, stage.bot))!, profile, at(hours), at(hours));
  return verdictOf(evidence[0]!, watch);
}

async function expectedAt(watch: Watch, hours: number): Promise<number> {
  const verdict = await verdictOn(watch, hours);
  return verdict.kind === "not-evaluated" ? Number.NaN : verdict.score.expected;
}

test("feedback on incidents and hours changes notifications and learning, and can be undone", async () => {
  stage = await setStage(noon, { apps: names.map(stagedApp) });
  const { bot, braze } = stage;
  for (const watch of watches) await bot.watches.save(watch);
  const happen = (app: string, kind: "outage" | "drop", from: number, hours: number, size = 1) =>
    braze.control.happen({ series: { app }, kind, from: at(from), hours, size });
  happen("ios", "drop", 2, 5, 0.7);
  happen("tv", "outage", 10, 3);
  happen("web", "drop", 16, 500, 0.5);
  happen("android", "outage", 27, 2);
  happen("android", "outage", 39, 2);
  const { change: takeOut } = await exclude({ watchId: "tv", from: at(9), to: at(14), by: "ada" }, bot);
  await stage.startWorkers();

  // Expected: its hours are taken out of what is learned as it goes on, and no longer when the label is taken back.
  await stage.liveThrough(at(4));
  await notify(ios, async () => labelIncident((await newest(ios)).id, "expected", "U0ADA0001", bot));
  // Without a mention: nobody is notified of their own label.
  expect((await threadOf(ios)).at(-1)?.text).toMatch(/^Labeled expected by U0ADA0001: these 3 hours/);
  await stage.liveThrough(at(14));
  expect(await excluded(ios)).toMatchObject([{ from: at(2), because: "label" }]);
  expect((await excluded(ios))[0]!.to).toBe((await newest(ios)).resolvedAt);
  expect((await threadOf(ios)).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Labeled/),
    expect.stringMatching(/^✅ Resolved: /),
  ]);
  const forgotten = await expectedAt(ios, 14);
  await notify(ios, async () => labelIncident((await newest(ios)).id, undefined, "U0ADA0001", bot));
  expect(await excluded(ios)).toEqual([]);
  expect(await expectedAt(ios, 14)).not.toBe(forgotten);

  // Excluded by hand: neither evaluated nor learned, until that is undone.
  const journal = await bot.journal.between("tv", at(8), at(14));
  expect(journal.map(({ verdict }) => verdict)).toEqual([
    "normal",
    ...Array(5).fill("not-evaluated"),
    "normal",
  ]);
  expect(await bot.incidents.since("tv", noon)).toEqual([]);
  expect(await verdictOn(tv, 10)).toMatchObject({ kind: "not-evaluated", because: "excluded" });
  await undo(takeOut!.id, "ada", bot);
  expect(await verdictOn(tv, 10)).toMatchObject({ kind: "anomalous", direction: "drop" });

  // New normal: over at once, and the next hours are compared with the new level.
  await stage.liveThrough(at(19));
  await notify(web, async () => labelIncident((await newest(web)).id, "new-normal", "ada", bot));
  expect((await threadOf(web)).at(-1)?.text).toMatch(/^➡️ New normal: web – about/);
  await stage.liveThrough(at(24));
  expect(await verdictOn(web, 24)).toMatchObject({ kind: "normal" });
  expect(await bot.incidents.since("web", noon)).toHaveLength(1);
  await notify(web, async () => labelIncident((await newest(web)).id, undefined, "U0ADA0001", bot));
  expect(await newest(web)).not.toHaveProperty("resolvedAt");
  expect(await verdictOn(web, 24)).toMatchObject({ kind: "anomalous", direction: "drop" });

  // Two false alarms raise the watch's threshold, until one of the labels is removed.
  await stage.liveThrough(at(32));
  await notify(android, async () => labelIncident((await newest(android)).id, "false-alarm", "ada", bot));
  expect(await bot.watches.byId("android")).not.toHaveProperty("thresholdAdjustment");
  await stage.liveThrough(at(44));
  await notify(android, async () => labelIncident((await newest(android)).id, "false-alarm", "ada", bot));
  expect(await bot.incidents.since("android", noon)).toHaveLength(2);
  expect(await bot.watches.byId("android")).toMatchObject({ thresholdAdjustment: 1.1 });
  expect((await threadOf(android)).at(-1)?.text).toMatch(/raised the threshold of this watch by 10%/);
  await notify(android, async () => labelIncident((await newest(android)).id, undefined, "U0ADA0001", bot));
  expect(await bot.watches.byId("android")).not.toHaveProperty("thresholdAdjustment");
});
