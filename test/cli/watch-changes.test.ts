import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../../src/cli/watch/main.ts";
import { undo } from "../../src/pipeline/changes/change.ts";
import { noon } from "../support/builders.ts";
import { runMain, settingsOf } from "../support/program.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(noon, { ops: { channel: "C0OPS0001" } });
});
afterAll(() => stage.close());

const watch = (...args: string[]) => runMain(main, args, settingsOf(stage));

/** The announcements of changes in the ops channel. */
const announced = () =>
  stage.slack
    .messages("C0OPS0001")
    .map(({ text }) => text)
    .filter((text) => text.includes("✏️"));

const changeOf = async (kind: string, isBack = false) =>
  (await stage.bot.changes.since(0)).find(
    ({ changed }) => changed.kind === kind && (changed.after === undefined) === isBack,
  )!;

test("the running bot announces a change made at the command line, and the change can be undone", async () => {
  await stage.startWorkers();
  await watch("add", "--app", "ios", "--app-name", "iOS", "--channel", "C0ALERTS1", "--by", "ada");
  await until(() => announced().length === 1, "the watch to be told");
  await watch("mute", "--app", "ios", "--until", "4h", "--by", "ada");
  await until(() => announced().length === 2, "both changes to be told");
  expect(announced()).toEqual([
    expect.stringMatching(/ada added the watch/),
    expect.stringMatching(/ada added the mute/),
  ]);
  expect(stage.slack.messages("C0ALERTS1")).toEqual([]);

  await undo((await changeOf("mute")).id, "U0BEN0001", stage.bot);
  expect(await stage.bot.mutes.all()).toEqual([]);
  await undo((await changeOf("watch")).id, "U0BEN0001", stage.bot);
  expect(await stage.bot.watches.all()).toEqual([]);
});

test("a backup holds an address as it was saved, even if a command of Slack is in it", async () => {
  const runbook = "https://wiki.example/tidewatch/`x`";
  await watch("add", "--app", "android", "--channel", "C0OPS0001", `--runbook=${runbook}`);
  const { watches } = JSON.parse((await watch("export")).printed);
  expect(watches.find(({ id }: { id: string }) => id === "android").runbook).toBe(runbook);
  await watch("remove", "android");
});

test("the bot announces what an import adds and removes, and a dry run stores nothing", async () => {
  await watch("add", "--app", "web", "--app-name", "Web", "--channel", "C0OPS0001");
  const { printed: backup } = await watch("export");
  const file = join(mkdtempSync(join(tmpdir(), "tidewatch-")), "backup.json");
  writeFileSync(file, backup);
  const removed = await watch("remove", "web", "--by", "ben");
  expect(removed.printed).toContain("removed the watch web");
  expect(await changeOf("watch", true)).toMatchObject({ by: "ben", changed: { watchId: "web" } });

  const before = (await stage.bot.changes.since(0)).length;
  expect((await watch("import", file, "--dry-run")).printed).toContain("nothing was changed");
  expect(await stage.bot.changes.since(0)).toHaveLength(before);
  expect((await watch("import", file, "--by", "cleo")).printed).toContain("1 change made");
  expect(await changeOf("watch")).toMatchObject({ by: "cleo", changed: { watchId: "web" } });
  await until(async () => (await stage.bot.changes.unannounced()).length === 0, "all to be told");
  expect(announced().some((text) => /cleo added the watch/.test(text))).toBe(true);
});
