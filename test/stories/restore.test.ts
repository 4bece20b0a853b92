import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readBackup, writeBackup } from "../../src/adapters/backup/read-backup.ts";
import { main } from "../../src/cli/watch/main.ts";
import { labelIncident } from "../../src/pipeline/actions/label.ts";
import { exportAll, importAll } from "../../src/pipeline/changes/backup.ts";
import { HOUR } from "../../src/time/time.ts";
import { anEvent, anExclusion, noon } from "../support/builders.ts";
import { workOnce } from "../support/by-hand.ts";
import { runMain, settingsOf } from "../support/program.ts";
import { KEY, type Stage, setStage, watches } from "../support/stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage(noon);
});
afterEach(() => stage.close());

const ios = watches[0]!;

/** Everything that people can set up, teach and ask for. */
async function fill({ bot }: Stage) {
  for (const watch of watches) await bot.watches.save(watch);
  await bot.apps.save({ workspace: "main", app: "ios", name: "iOS", zone: "Europe/Berlin" });
  await bot.events.save(anEvent({ from: noon + 60 * HOUR, to: noon + 63 * HOUR }));
  await bot.exclusions.save(
    anExclusion({ seriesId: "main.ios.all.hour", from: noon - 80 * HOUR, to: noon - 78 * HOUR }),
  );
  await bot.mutes.save({
    scope: { kind: "watch", watch: "web" },
    by: "ada",
    at: noon,
    until: noon + 40 * HOUR,
    incidents: [],
  });
  await bot.permissions.set({ who: "members" });
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon - 2 * HOUR, hours: 2 });
}

async function live(hours: number) {
  for (let hour = 0; hour < hours; hour++) {
    stage.pass(HOUR);
    await workOnce(stage.bot);
  }
}

const memoryOf = async () => {
  const { at: _, ...rest } = await exportAll(stage.bot);
  return { ...rest, incidents: rest.incidents.map(({ version: _, ...incident }) => incident) };
};

test("after Redis was lost, a backup restores everything, and the next hour is evaluated", async () => {
  await fill(stage);
  await workOnce(stage.bot);
  stage.braze.control.happen({ series: { app: "android" }, kind: "outage", from: noon + HOUR, hours: 2 });
  await live(5);
  const [incident] = await stage.bot.incidents.since("android", 0);
  await labelIncident(incident!.id, "real", "U0ADA0001", stage.bot);
  const before = await memoryOf();
  const posted = stage.slack.messages("C0ALERTS1").length;
  const document = writeBackup(await exportAll(stage.bot));
  for (const secret of [KEY, stage.slack.token]) expect(document).not.toContain(secret);

  await stage.connection.flushall();
  expect(await stage.bot.watches.all()).toEqual([]);
  await importAll(readBackup(document), { mode: "replace" }, "ada", stage.bot);
  expect(await memoryOf()).toEqual(before);

  await live(2);
  const through = (await stage.bot.progress.of("main.ios.all.hour"))?.evaluatedThrough;
  expect(through).toBe(noon + 7 * HOUR);
  expect(stage.slack.messages("C0ALERTS1").length).toBe(posted);
  // What is watched again is as well known as before: an outage is seen in its first hour.
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + 8 * HOUR, hours: 2 });
  await live(1);
  expect((await stage.bot.incidents.since("ios", noon + 8 * HOUR)).map(({ id }) => id)).toEqual([
    `${ios.id}.drop@2026-06-16T20`,
  ]);
});

test("the command writes a backup, restores it after a dry run, and says what is wrong with another file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tidewatch-restore-"));
  const file = join(folder, "backup.json");
  const settings = settingsOf(stage);
  const watch = (...words: string[]) => runMain(main, words, settings);
  try {
    await fill(stage);
    const before = await memoryOf();
    const written = await watch("export");
    await writeFile(file, written.printed);
    await stage.connection.flushall();

    const trial = await watch("import", file, "--replace", "--dry-run");
    expect(trial).toMatchObject({ status: 0, printed: expect.stringMatching(/^➕ watch android$/m) });
    expect(await stage.bot.watches.all()).toEqual([]);
    expect(await watch("import", file, "--replace")).toMatchObject({
      status: 0,
      printed: expect.stringMatching(/\d+ changes made/),
    });
    expect(await memoryOf()).toEqual(before);
    expect(await watch("import", file)).toMatchObject({
      printed: "Nothing changed: the settings are already as in the backup\n",
    });

    await writeFile(file, "{}");
    expect(await watch("import", file)).toMatchObject({
      status: 1,
      printed: expect.stringContaining("not a Tidewatch backup"),
    });
    expect(await watch("import", join(folder, "nowhere"))).toMatchObject({
      status: 1,
      printed: expect.stringContaining("cannot be read (ENOENT)"),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
