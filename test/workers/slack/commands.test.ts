import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ben, carla, gus, mira } from "../../../simulator/slack/people.ts";
import { ALL_SCOPES } from "../../../simulator/slack/simulator.ts";
import { readBackup, writeBackup } from "../../../src/adapters/backup/read-backup.ts";
import { createLog } from "../../../src/log.ts";
import { exportAll } from "../../../src/pipeline/changes/backup.ts";
import { seriesId } from "../../../src/series/series.ts";
import { HOUR } from "../../../src/time/time.ts";
import { muteIncident } from "../../../workers/slack/commands/alerting.ts";
import { imported } from "../../../workers/slack/commands/backup.ts";
import { anIncident, noon } from "../../support/builders.ts";
import { watches } from "../../support/stage.ts";
import { until } from "../../support/until.ts";
import { type SlackStage, setSlackStage } from "./console-stage.ts";

let context: SlackStage;
beforeAll(async () => {
  context = await setSlackStage({ ops: { channel: "C0OPS0001" } });
  // Guests are in a channel when somebody invites them.
  context.slack.change("C0ALERTS1", { people: [mira, ben, carla, gus].map(({ id }) => id) });
  await context.liveThrough(noon);
});
afterAll(() => context.closeAll());

const shown = (words: string) => () =>
  context.slack.messages("C0OPS0001").some(({ text }) => text.includes(words));

/** The last message in the ops channel with this text in its notification. */
const message = (words: string) =>
  context.slack.messages("C0OPS0001").findLast(({ text }) => text.includes(words))!;

describe("read-only commands", () => {
  test.each([
    ["", "No open incidents: 3 watches"],
    ["help", "Tidewatch commands"],
    ["help mute", "mute: Post no alerts"],
    ["list", "3 watches"],
    ["show ios", "Watch ios"],
    ["mutes", "No mutes"],
    ["status", "No open incidents: 3 watches"],
    ["event", "No planned events"],
    ["who-can", "Who may change watches"],
    ["audit ios", "ios: 24 hours"],
    ["incidents", "No incidents"],
    ["incidents ios real 7d", "No incidents of ios: labeled real"],
    ["review", "0 incidents"],
  ])("`%s` is answered", async (text, answer) => {
    expect(await context.type(text)).toContain(answer);
  });

  test("`why` shows the numbers of an hour in plain words, also to guests", async () => {
    expect(await context.whole("why ios", gus.id)).toContain("same hour in past weeks");
    expect(await context.whole("why ios 9:00")).toContain("09:00");
    expect(await context.type("why ios 2020-01-01")).toContain("does not contain 2020-01-01");
  });

  test("`preview` shows how many alerts each sensitivity would have given", async () => {
    const answer = await context.whole("preview ios sensitivity:high");
    expect(answer).toMatch(/alerts?\* in \d+ weeks at \*high\*/);
    expect(answer).toMatch(/at \*normal\* \d+/);
  });

  test.each([
    ["show iso", "Did you mean `ios`"],
    [
      "why ios tomorrow",
      "The history of ios does not contain 2026-06-17T00. It contains the 8 weeks up to 2026-06-16T12",
    ],
    ["mute ios until yesterday", "This time is in the past. Use a later time"],
    ["watch app:ios", "The watch ios already alerts that channel about ios"],
    ["shwo ios", "Did you mean show?"],
    ["mute ios until someday", "someday"],
    ["mute ios -4h", '"-4h" is in the past. Examples: 4h'],
    ["watch app:no-such-app", "Braze answered 400"],
    ["incidents iso", "Did you mean `ios`"],
    ["incidents since 9999d", "Incidents are listed for 90 days"],
    ["undo watch-nothing", 'There is no change "watch-nothing"'],
    ["ack ios.drop@2020-01-01T00", "There is no incident"],
    ["export now", 'There is no watch "now"'],
    ["export 30d", 'Unexpected "30d". Name the watch whose counts you want before the time'],
  ])("`%s` is answered with what is wrong", async (text, why) => {
    expect(await context.type(text)).toContain(why);
  });
});

describe("commands that change something", () => {
  test("a watch is added, edited and removed, and each change is announced with Undo", async () => {
    expect(await context.whole("watch app:web drop sensitivity:low #tidewatch-ops quiet:22-7")).toContain(
      "Done: added the watch `web-2`",
    );
    await until(
      () => context.slack.messages("C0OPS0001").some(({ text }) => text.includes("added the watch `web-2`")),
      "the channel to be told",
    );
    expect(await context.bot.watches.byId("web-2")).toMatchObject({
      direction: "drop",
      sensitivity: "low",
      channel: "C0OPS0001",
      quiet: { from: 1_320, to: 420, critical: false },
    });
    expect(await context.whole("edit web-2 sensitivity:2/month quiet:none owner: @ben")).toContain(
      "*Sensitivity*: low → 2/month",
    );
    expect(await context.bot.watches.byId("web-2")).toMatchObject({
      sensitivity: { alertsPerMonth: 2 },
      owner: ben.id,
    });
    expect((await context.bot.watches.byId("web-2"))?.quiet).toBeUndefined();
    expect(await context.type("remove web-2")).toContain("Done: removed the watch");
    expect(await context.bot.watches.byId("web-2")).toBeUndefined();
  });

  test.each([
    [
      "without the bot",
      "C0OPS0001",
      { isMember: false },
      "Invite the bot to the channel with /invite @Tidewatch",
    ],
    ["that is archived", "C0OPS0001", { isArchived: true }, "The channel is archived: unarchive it"],
  ])("a watch of a channel %s is saved, and its author is warned", async (_, channel, state, warning) => {
    context.slack.change(channel, state);
    const added = await context.whole("watch app:web drop #tidewatch-ops");
    expect(added).toContain("Done: added the watch `web-2`");
    expect(added).toContain(`Tidewatch cannot post in <#${channel}>`);
    expect(added).toContain(warning);
    expect(await context.type("edit web-2 spike")).toContain(warning);
    expect(await context.bot.watches.byId("web-2")).toMatchObject({ channel, direction: "spike" });

    context.slack.grant(["chat:write", "users:read"]);
    expect(await context.type("edit web-2 drop")).not.toContain("Tidewatch cannot post");
    context.slack.grant(ALL_SCOPES);
    context.slack.change(channel, { isMember: true, isArchived: false });
    expect(await context.type("remove web-2")).toContain("Done: removed");
  });

  test("a mute is announced, listed, and removed once by its button, however often it is pressed", async () => {
    expect(await context.type("mute ios 4h")).toContain("Done: added the mute of watch ios");
    expect(await context.whole("mutes")).toContain(`<@${ben.id}>`);
    await until(shown("added the mute of watch ios"), "the ops channel to be told");
    const { ts } = message("added the mute of watch ios");
    const press = () => context.slack.click({ channel: "C0OPS0001", ts }, "change.undo", { user: carla.id });
    await Promise.all([press(), press()]);
    await until(async () => (await context.bot.mutes.all()).length === 0, "the mute to be taken back");
    await until(shown("removed the mute of watch ios"), "the undoing to be told");
    const inAlerts = context.slack.messages("C0ALERTS1").map(({ text }) => text);
    expect(inAlerts.filter((text) => text.includes("mute"))).toEqual([]);
    const lastNotified = context.slack
      .messages("C0OPS0001")
      .filter(({ text }) => text.includes("removed the mute of watch ios"));
    expect(lastNotified).toHaveLength(1);
    await until(
      () =>
        JSON.stringify(message("added the mute of watch ios").blocks).includes(`Undone by ${carla.name} `),
      "the first message to show it",
    );
    expect(await context.whole("changes ios")).toContain(`undone by <@${carla.id}>`);
  });

  test("an app has the name that its watch gives it", async () => {
    const series = { workspace: "main", app: "0f1e-shop", unit: "hour" } as const;
    await context.bot.watches.save({ ...watches[2]!, id: "shop", appName: "Web shop", series });
    expect(await context.type('mute app:"web shop" 1h')).toContain("Done: added the mute of app Web shop");
    expect(await context.type('unmute app:"Web shop"')).toContain("Done: removed");
    expect(await context.type('mute app:"Web shpo" 1h')).toContain('Did you mean "Web shop"?');
    await context.bot.watches.remove("shop");
  });

  test("a time is read by the clock of the person who types it", async () => {
    // Mira lives in Berlin, two hours ahead of UTC in June.
    await context.type("mute ios until tomorrow 9:00", mira.id);
    expect((await context.bot.mutes.all())[0]?.until).toBe(noon - 5 * HOUR + 24 * HOUR);
    await context.type("unmute ios");
  });

  test("an hour is explained and excluded by the local time at which that person sees it in messages", async () => {
    // 13:00 in Berlin is 11:00 UTC.
    expect(await context.whole("why ios today at 1:00 PM", mira.id)).toContain("Tue 16 Jun 13:00");
    expect(await context.whole("why ios Tue 16 Jun 11:00 UTC", mira.id)).toContain("Tue 16 Jun 13:00");
    expect(await context.type("exclude ios yesterday 3am-5am", mira.id)).toContain(
      "Done: added the exclusion",
    );
    const begins = (await context.bot.exclusions.all()).map(({ from }) => from);
    expect(begins).toContain(noon - 35 * HOUR);
  });

  test("an event with a name of several words is planned on its day and removed by that name", async () => {
    expect(await context.type("event plan Mother’s Black Friday 2026-07-03")).toContain("Done: added");
    const day = Date.UTC(2026, 6, 3);
    expect(await context.bot.events.all()).toMatchObject([
      { name: "Mother’s Black Friday", from: day, to: day + 24 * HOUR },
    ]);
    expect(await context.type('event remove "mother\'s black\u00a0friday"')).toContain("Done: removed");
    expect(await context.bot.events.all()).toEqual([]);
  });

  test("a release is recorded with its app and its time, listed, and undone", async () => {
    expect(await context.type("change “iOS 5.2 released” 2h ago app:iOS")).toContain(
      "Done: added the product change iOS 5.2 released",
    );
    const [released] = await context.bot.productChanges.all();
    expect(released).toMatchObject({ name: "iOS 5.2 released", scope: { workspace: "main", app: "ios" } });
    expect(context.bot.clock() - released!.time).toBe(2 * HOUR);
    expect(await context.type("change list")).toContain("1 product change");
    expect(await context.bot.mutes.all()).toEqual([]);
    const change = (await context.bot.changes.since(0)).find(
      ({ changed }) => changed.kind === "product-change",
    );
    expect(await context.type(`undo ${change!.id}`)).toContain("removed the product change");
    expect(await context.bot.productChanges.all()).toEqual([]);
    expect(await context.type("change rollback app:unknown-app")).toContain('nknown app "unknown-app"');
  });

  test("a mute with two possible end times is asked about, and nothing is muted", async () => {
    expect(await context.type("mute ios 2")).toContain('"2" can mean 2h or 2m or 02:00');
    expect(await context.type("mute ios today 9:00 AM")).toContain("This time is in the past");
    expect(await context.bot.mutes.all()).toEqual([]);
  });

  test("a command without effect is answered privately and not announced", async () => {
    await context.bot.incidents.save(anIncident({ id: "web.drop@2026-06-16T11", watchId: "web" }));
    expect(await context.type("label web.drop@2026-06-16T11 none")).toContain("Nothing changed: there is no");
    expect(await context.type("label web.drop@2026-06-16T11 real")).toContain("Done: added the label");
    expect(await context.type("label web.drop@2026-06-16T11 real", carla.id)).toContain(
      "already has these settings",
    );
    expect(await context.type("edit web sensitivity:normal")).toContain(
      "the watch `web` already has these settings",
    );
    const labels = (await context.bot.changes.since(0)).filter(({ changed }) => changed.kind === "label");
    expect(labels.map(({ by }) => by)).toEqual([ben.id]);
    // A channel that refused a post is retried in an hour.
    const isNotified = async () => !(await context.bot.changes.unannounced()).includes(labels[0]!.id);
    await until(isNotified, "the label to be told");
    await context.type("label web.drop@2026-06-16T11 none");
  });

  test("an incident is labelled and acknowledged, an event planned, hours excluded", async () => {
    await context.bot.incidents.save(anIncident({ id: "ios.drop@2026-06-16T11", watchId: "ios" }));
    expect(await context.whole("status")).toContain("ios.drop@2026-06-16T11");
    expect(await context.type("ack ios.drop@2026-06-16T11")).toContain(`<@${ben.id}> acknowledged`);
    expect(await context.type("label ios.drop@2026-06-16T11 expected")).toContain("Done: added the label");
    expect((await context.bot.incidents.byId("ios.drop@2026-06-16T11"))?.labelled?.label).toBe("expected");
    expect(await context.type("label ios.drop@2026-06-16T11 none")).toContain("Done: removed the label");
    expect(await context.type('event plan "Push: sale" Thu 18-21 app:ios')).toContain(
      "Done: added the planned event Push: sale",
    );
    expect(await context.whole("event list")).toContain("Push: sale");
    expect(await context.type("event remove push-sale@2026-06-18T18:00")).toContain("Done: removed");
    expect(await context.type("exclude ios yesterday 8-12")).toContain("Done: added the exclusion");
  });
});

/** The name and content of the file that was last shared in #alerts. */
function lastFile() {
  const [id, ...others] = context.slack.messages("C0ALERTS1").findLast(({ files }) => files)?.files ?? [];
  expect(others).toEqual([]);
  const { name, bytes } = context.slack.files.file(id!)!;
  return { name, content: Buffer.from(bytes!).toString() };
}

test("the counts of a watch are exported as a file in the channel", async () => {
  expect(await context.type("export ios 7d")).toBe("The counts of ios were uploaded to this channel");
  const { name, content } = lastFile();
  expect(name).toBe("ios.csv");
  const rows = content.trimEnd().split("\r\n");
  expect(rows[0]).toBe("watch,time,observed,expected,expected low,expected high,score,verdict,notified");
  const noonToday = rows.find((row) => row.includes("2026-06-16T12:00"))!.split(",");
  const stored = await context.bot.series.read(seriesId((await context.bot.watches.byId("ios"))!.series));
  const { first, values } = stored!.history;
  expect(Number(noonToday[2])).toBe(values[(noon - first) / HOUR]);
  expect(Number(noonToday[4])).toBeLessThan(Number(noonToday[3]));
  expect(rows.slice(1).length).toBeGreaterThanOrEqual(7 * 24);
});

test("counts that cannot be uploaded are answered with what to do, and nothing is posted", async () => {
  const shared = () => context.slack.messages("C0ALERTS1").filter(({ files }) => files).length;
  const before = shared();
  expect(await context.type("export iso 7d")).toContain("Did you mean `ios`");
  context.slack.grant(["chat:write", "users:read"]);
  expect(await context.type("export ios 7d")).toContain("Add the scope files:write to the Slack app");
  context.slack.grant(ALL_SCOPES);
  context.slack.faults.next("files.completeUploadExternal", { kind: "error", error: "not_in_channel" });
  expect(await context.type("export ios 7d")).toContain("Invite the bot to the channel");
  context.slack.faults.next("files.completeUploadExternal", { kind: "status", status: 503 });
  expect(await context.type("export ios 7d")).toContain("Look in the channel");
  expect(shared()).toBe(before);
});

test("a backup that is too long for a message is shared as a file in the channel, and can be imported", async () => {
  const names = Array.from({ length: 100 }, (_, at) => `an-app-with-a-long-name-${at}`);
  for (const app of names) await context.bot.apps.save({ workspace: "main", app, name: `The app ${app}` });
  expect(await context.type("export")).toContain("The backup was uploaded to this channel");
  const { name, content } = lastFile();
  expect(name).toBe("tidewatch.json");
  expect(readBackup(content)).toEqual(readBackup(writeBackup(await exportAll(context.bot))));
  for (const app of names) await context.bot.apps.remove("main", app);
});

test("all settings are exported as JSON and imported through a form", async () => {
  const answer = JSON.parse(await context.whole("export"));
  const json = answer.blocks
    .slice(1)
    .map((block: { elements: { elements: { text: string }[] }[] }) => block.elements[0]!.elements[0]!.text)
    .join("");
  const backup = JSON.parse(json);
  expect(backup.watches.map(({ id }: { id: string }) => id)).toContain("android");

  expect(await context.type("import")).toBe("Import from JSON");
  const { ts } = context.slack.ephemerals(ben.id, "C0ALERTS1").at(-1)!;
  await context.slack.click({ channel: "C0ALERTS1", ts }, "import.open", { user: ben.id });
  const shownForm = () => context.slack.views(ben.id)[0];
  await until(() => JSON.stringify(shownForm()?.body ?? {}).includes("import.json"), "the form");
  const form = shownForm();
  const refused = await context.slack.submit(form!.id, { "import.json": "{}" });
  expect(JSON.stringify(refused)).toContain("version");
  const android = backup.watches.find(({ id }: { id: string }) => id === "android");
  const slim = {
    ...backup,
    watches: [{ ...android, sensitivity: "low" }],
    exclusions: [],
    incidents: [],
    events: [],
    mutes: [],
  };
  context.slack.change("C0ALERTS1", { isMember: false });
  await context.slack.submit(form!.id, { "import.json": JSON.stringify(slim) });
  await until(
    () => JSON.stringify(context.slack.views(ben.id).at(-1)?.body).includes("/invite @Tidewatch"),
    "the warning",
  );
  context.slack.change("C0ALERTS1", { isMember: true });
  expect((await context.bot.watches.byId("android"))?.sensitivity).toBe("low");
  expect(await context.whole("changes android")).toContain("normal → low");
  await context.slack.dismiss(ben.id, "all");
});

describe("permissions", () => {
  test("let guests look but not change anything, and tell only them", async () => {
    expect(await context.type("mute ios 4h", gus.id)).toContain(
      "Guests and people from other companies cannot change watches",
    );
    expect(await context.bot.mutes.all()).toEqual([]);
  });

  test("follow Slack: admins, members of a channel, a user group", async () => {
    expect(await context.type("who-can admins", mira.id)).toContain("Done");
    expect(await context.type("mute ios 4h")).toContain("Only admins of the Slack workspace");
    expect(await context.type("who-can everyone")).toContain("Only admins");
    expect(await context.type("who-can @on-call", mira.id)).toContain("Done");
    expect(await context.type("mute ios 4h", carla.id)).toContain("Only members of <!subteam^S0ONCALL01>");
    expect(await context.type("mute ios 4h", ben.id)).toContain("Done");
    expect(await context.type("unmute ios", ben.id)).toContain("Done");
    expect(await context.type("who-can members", ben.id)).toContain("Done");
    expect(await context.type("mute ios 4h", carla.id)).toContain("Done");
    expect(await context.type("unmute ios", carla.id)).toContain("Done");
  });

  test("apply to every way to the same change: an event, an import, an undo, a mute of several watches", async () => {
    const why = "nly members of <#C0OPS0001>";
    await context.bot.watches.save({ ...watches[2]!, id: "web-ops", channel: "C0OPS0001" });
    context.slack.change("C0OPS0001", { people: [ben.id] });
    const ofCarla = { user: carla.id, channel: "C0ALERTS1" };
    const own = { bot: context.bot, log: createLog("silent"), announce: async () => {} };

    expect(await context.type("event plan Sale Thu 18-21")).toContain("Done: added the planned event");
    expect(await context.type("event remove sale@2026-06-18T18:00", carla.id)).toContain(why);
    expect(await context.type("event remove sale@2026-06-18T18:00")).toContain("Done: removed");

    const backup = writeBackup({
      ...(await exportAll(context.bot)),
      watches: [{ ...watches[2]!, id: "web-ops", channel: "C0OPS0001", sensitivity: "low" }],
    });
    await expect(imported(backup, ofCarla, own)).rejects.toThrow(/only members of C0OPS0001/);
    const rule = writeBackup({ ...(await exportAll(context.bot)), permissions: { who: "admins" } });
    await expect(imported(rule, ofCarla, own)).rejects.toThrow("only admins");
    expect(await context.bot.permissions.get()).toEqual({ who: "members" });
    expect((await context.bot.watches.byId("web-ops"))?.sensitivity).toBe("normal");

    const change = (await context.bot.changes.since(0)).find(
      ({ changed }) => changed.kind === "permissions",
    )!;
    expect(await context.type(`undo ${change.id}`, carla.id)).toContain("people in every alert channel");

    // What one message tells of is muted together, and here that is the app, which another channel is told of, too.
    await context.bot.watches.save({ ...watches[2]!, id: "web-vip", segmentName: "VIP" });
    const members = ["web.drop@2026-06-16T10", "web-vip.drop@2026-06-16T10"];
    for (const id of members) {
      const watchId = id.split(".", 1)[0]!;
      await context.bot.incidents.save(
        anIncident({ id, watchId, alertGroupId: "main.C0ALERTS1.hour.drop@x" }),
      );
    }
    await context.bot.alertGroups.save({
      id: "main.C0ALERTS1.hour.drop@x",
      groupKey: "main.C0ALERTS1.hour.drop",
      openedAt: noon,
      members,
      version: 0,
    });
    await expect(muteIncident(members[0]!, "4h", ofCarla, own)).rejects.toThrow(/only members of C0OPS0001/);
    expect(await context.bot.mutes.all()).toEqual([]);
    await context.bot.watches.remove("web-vip");
    await context.bot.watches.remove("web-ops");
  });

  test("cannot be set so that their author is locked out", async () => {
    expect(await context.type("who-can admins", ben.id)).toContain("Only admins");
    expect(await context.bot.permissions.get()).toEqual({ who: "members" });
  });
});

test("every request was acknowledged", () => {
  expect(context.slack.failures).toEqual([]);
});
