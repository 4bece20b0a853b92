import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ben, carla, gus, mira } from "../../../simulator/slack/people.ts";
import { ALL_SCOPES } from "../../../simulator/slack/simulator.ts";
import { writeBackup } from "../../../src/adapters/backup/read-backup.ts";
import { createLog } from "../../../src/log.ts";
import { exportAll } from "../../../src/pipeline/actions/backup.ts";
import { HOUR } from "../../../src/time/time.ts";
import { muteIncident } from "../../../workers/slack/commands/alerting.ts";
import { imported } from "../../../workers/slack/commands/backup.ts";
import { anIncident, noon } from "../../builders.ts";
import { watches } from "../../stage.ts";
import { until } from "../../until.ts";
import { type DeskStage, setDesk } from "./desk-stage.ts";

let desk: DeskStage;
beforeAll(async () => {
  desk = await setDesk({ ops: { channel: "C0OPS0001" } });
  // Guests are in a channel when somebody invites them.
  desk.slack.change("C0ALERTS1", { people: [mira, ben, carla, gus].map(({ id }) => id) });
  await desk.liveThrough(noon);
});
afterAll(() => desk.closeAll());

const said = (words: string) => () =>
  desk.slack.messages("C0ALERTS1").some(({ text }) => text.includes(words));

/** What was said last in #alerts with these words in its notification. */
const message = (words: string) =>
  desk.slack.messages("C0ALERTS1").findLast(({ text }) => text.includes(words))!;

describe("looking", () => {
  test.each([
    ["", "What /tidewatch can do"],
    ["help mute", "mute: Hear nothing"],
    ["list", "3 watches"],
    ["show ios", "Watch ios"],
    ["mutes", "Nothing is muted"],
    ["status", "No incident is open, 3 watched"],
    ["event", "Nothing is planned"],
    ["who-can", "Who may change what is watched"],
    ["audit ios", "ios: 24 hours"],
    ["digest", "0 incidents"],
  ])("`%s` is answered", async (text, answer) => {
    expect(await desk.type(text)).toContain(answer);
  });

  test("why tells the numbers of an hour in plain words, also to guests", async () => {
    expect(await desk.whole("why ios", gus.id)).toContain("the same hour in the weeks before");
    expect(await desk.whole("why ios 9:00")).toContain("09:00");
    expect(await desk.type("why ios 2020-01-01")).toContain("does not hold 2020-01-01");
  });

  test("preview tells how many alerts there would have been, at each sensitivity", async () => {
    const answer = await desk.whole("preview ios sensitivity:high");
    expect(answer).toMatch(/alerts?\* in \d+ weeks at \*high\*/);
    expect(answer).toMatch(/at \*normal\* it would be \d+/);
  });

  test.each([
    ["show iso", "did you mean `ios`"],
    [
      "why ios tomorrow",
      "The history of ios does not hold 2026-06-17T00: it is the 8 weeks up to 2026-06-16T12",
    ],
    ["mute ios until yesterday", "That is past, so nothing would be muted: name a time to come"],
    ["watch app:ios", "The watch ios tells that channel of ios already"],
    ["shwo ios", "did you mean show?"],
    ["mute ios until someday", "someday"],
    ["mute ios -4h", '"-4h" is past: write such as 4h'],
    ["watch app:no-such-app", "Braze answered 400"],
    ["undo watch-nothing", 'There is no change "watch-nothing"'],
    ["ack ios.drop@2020-01-01T00", "There is no incident"],
    ["export now", '"now" is too much'],
  ])("`%s` is answered with what is wrong", async (text, why) => {
    expect(await desk.type(text)).toContain(why);
  });
});

describe("changing", () => {
  test("a watch is added, edited and removed, and each is told in its channel with the way back", async () => {
    expect(await desk.whole("watch app:web drop sensitivity:low #tidewatch-ops quiet:22-7")).toContain(
      "Done: added the watch `web-2`",
    );
    await until(
      () => desk.slack.messages("C0OPS0001").some(({ text }) => text.includes("added the watch `web-2`")),
      "the channel to be told",
    );
    expect(await desk.bot.watches.byId("web-2")).toMatchObject({
      direction: "drop",
      sensitivity: "low",
      channel: "C0OPS0001",
      quiet: { from: 1_320, to: 420, critical: false },
    });
    expect(await desk.whole("edit web-2 sensitivity:2/month quiet:none owner: @ben")).toContain(
      "*Sensitivity*: low → 2/month",
    );
    expect(await desk.bot.watches.byId("web-2")).toMatchObject({
      sensitivity: { alertsPerMonth: 2 },
      owner: ben.id,
    });
    expect((await desk.bot.watches.byId("web-2"))?.quiet).toBeUndefined();
    expect(await desk.type("remove web-2")).toContain("Done: removed the watch");
    expect(await desk.bot.watches.byId("web-2")).toBeUndefined();
  });

  test.each([
    [
      "without the bot",
      "C0OPS0001",
      { isMember: false },
      "is not in it. Invite it there with `/invite @Tidewatch`",
    ],
    ["that is archived", "C0OPS0001", { isArchived: true }, "it is archived. Unarchive it"],
  ])(
    "a watch of a channel %s is saved, and whoever did that is warned",
    async (_, channel, state, warning) => {
      desk.slack.change(channel, state);
      const added = await desk.whole("watch app:web drop #tidewatch-ops");
      expect(added).toContain("Done: added the watch `web-2`");
      expect(added).toContain(`Nothing can be told in <#${channel}>`);
      expect(added).toContain(warning);
      expect(await desk.type("edit web-2 spike")).toContain(warning);
      expect(await desk.bot.watches.byId("web-2")).toMatchObject({ channel, direction: "spike" });

      desk.slack.grant(["chat:write", "users:read"]);
      expect(await desk.type("edit web-2 drop")).not.toContain("Nothing can be told");
      desk.slack.grant(ALL_SCOPES);
      desk.slack.change(channel, { isMember: true, isArchived: false });
      expect(await desk.type("remove web-2")).toContain("Done: removed");
    },
  );

  test("a mute is told, listed and taken back by its button, once, however often it is pressed", async () => {
    expect(await desk.type("mute ios 4h")).toContain("Done: added the mute of watch ios");
    expect(await desk.whole("mutes")).toContain(`<@${ben.id}>`);
    await until(said("added the mute of watch ios"), "the channel to be told");
    const { ts } = message("added the mute of watch ios");
    const press = () => desk.slack.click({ channel: "C0ALERTS1", ts }, "change.undo", { user: carla.id });
    await Promise.all([press(), press()]);
    await until(async () => (await desk.bot.mutes.all()).length === 0, "the mute to be taken back");
    await until(said("removed the mute of watch ios"), "the undoing to be told");
    const told = desk.slack
      .messages("C0ALERTS1")
      .filter(({ text }) => text.includes("removed the mute of watch ios"));
    expect(told).toHaveLength(1);
    await until(
      () =>
        JSON.stringify(message("added the mute of watch ios").blocks).includes(`Undone by ${carla.name} `),
      "the first message to show it",
    );
    expect(await desk.whole("changes ios")).toContain(`undone by <@${carla.id}>`);
  });

  test("an app is known by what its watch calls it", async () => {
    const series = { workspace: "main", app: "0f1e-shop", unit: "hour" } as const;
    await desk.bot.watches.save({ ...watches[2]!, id: "shop", appName: "Web shop", series });
    expect(await desk.type('mute app:"web shop" 1h')).toContain("Done: added the mute of app Web shop");
    expect(await desk.type('unmute app:"Web shop"')).toContain("Done: removed");
    expect(await desk.type('mute app:"Web shpo" 1h')).toContain('did you mean "Web shop"?');
    await desk.bot.watches.remove("shop");
  });

  test("a time is meant by the clock of whoever types it", async () => {
    // Mira lives in Berlin, two hours ahead of UTC in June.
    await desk.type("mute ios until tomorrow 9:00", mira.id);
    expect((await desk.bot.mutes.all())[0]?.until).toBe(noon - 5 * HOUR + 24 * HOUR);
    await desk.type("unmute ios");
  });

  test("an hour is asked for, and left out, as whoever types it sees it in messages", async () => {
    // 13:00 in Berlin is 11:00 UTC.
    expect(await desk.whole("why ios today at 1:00 PM", mira.id)).toContain("Tue 16 Jun 13:00");
    expect(await desk.whole("why ios Tue 16 Jun 11:00 UTC", mira.id)).toContain("Tue 16 Jun 13:00");
    expect(await desk.type("exclude ios yesterday 3am-5am", mira.id)).toContain("Done: added the exclusion");
    const begins = (await desk.bot.exclusions.all()).map(({ from }) => from);
    expect(begins).toContain(noon - 35 * HOUR);
  });

  test("an event of a name in prose is planned on its day, and removed by that name", async () => {
    expect(await desk.type("event plan Mother’s Black Friday 2026-07-03")).toContain("Done: added");
    const day = Date.UTC(2026, 6, 3);
    expect(await desk.bot.events.all()).toMatchObject([
      { name: "Mother’s Black Friday", from: day, to: day + 24 * HOUR },
    ]);
    expect(await desk.type('event remove "mother\'s black\u00a0friday"')).toContain("Done: removed");
    expect(await desk.bot.events.all()).toEqual([]);
  });

  test("a mute that could mean two times is asked about, and none is made", async () => {
    expect(await desk.type("mute ios 2")).toContain('"2" can be 2h or 2m or 02:00');
    expect(await desk.type("mute ios today 9:00 AM")).toContain("That is past");
    expect(await desk.bot.mutes.all()).toEqual([]);
  });

  test("what is so already is said to who asks, and told to nobody else", async () => {
    await desk.bot.incidents.save(anIncident({ id: "web.drop@2026-06-16T11", watchId: "web" }));
    expect(await desk.type("label web.drop@2026-06-16T11 none")).toContain("Nothing changed: there is no");
    expect(await desk.type("label web.drop@2026-06-16T11 real")).toContain("Done: added the label");
    expect(await desk.type("label web.drop@2026-06-16T11 real", carla.id)).toContain("is so already");
    expect(await desk.type("edit web sensitivity:normal")).toContain("the watch `web` is so already");
    const labels = (await desk.bot.changes.since(0)).filter(({ changed }) => changed.kind === "label");
    expect(labels.map(({ by }) => by)).toEqual([ben.id]);
    // A channel that took nothing is told again in an hour.
    const isTold = async () => !(await desk.bot.changes.unannounced()).includes(labels[0]!.id);
    await until(isTold, "the label to be told");
    await desk.type("label web.drop@2026-06-16T11 none");
  });

  test("an incident is labelled and seen to, an event planned, hours excluded", async () => {
    await desk.bot.incidents.save(anIncident({ id: "ios.drop@2026-06-16T11", watchId: "ios" }));
    expect(await desk.whole("status")).toContain("ios.drop@2026-06-16T11");
    expect(await desk.type("ack ios.drop@2026-06-16T11")).toContain(`<@${ben.id}> takes care`);
    expect(await desk.type("label ios.drop@2026-06-16T11 expected")).toContain("Done: added the label");
    expect((await desk.bot.incidents.byId("ios.drop@2026-06-16T11"))?.labelled?.label).toBe("expected");
    expect(await desk.type("label ios.drop@2026-06-16T11 none")).toContain("Done: removed the label");
    expect(await desk.type('event plan "Push: sale" Thu 18-21 app:ios')).toContain(
      "Done: added the planned event Push: sale",
    );
    expect(await desk.whole("event list")).toContain("Push: sale");
    expect(await desk.type("event remove push-sale@2026-06-18T18:00")).toContain("Done: removed");
    expect(await desk.type("exclude ios yesterday 8-12")).toContain("Done: added the exclusion");
  });
});

test("all that was set up is exported as JSON, and imported from it through a form", async () => {
  const answer = JSON.parse(await desk.whole("export"));
  const json = answer.blocks
    .slice(1)
    .map((block: { elements: { elements: { text: string }[] }[] }) => block.elements[0]!.elements[0]!.text)
    .join("");
  const backup = JSON.parse(json);
  expect(backup.watches.map(({ id }: { id: string }) => id)).toContain("android");

  expect(await desk.type("import")).toBe("Import from JSON");
  const { ts } = desk.slack.ephemerals(ben.id, "C0ALERTS1").at(-1)!;
  await desk.slack.click({ channel: "C0ALERTS1", ts }, "import.open", { user: ben.id });
  await until(() => desk.slack.views(ben.id).length === 1, "the form");
  const [form] = desk.slack.views(ben.id);
  const refused = await desk.slack.submit(form!.id, { "import.json": "{}" });
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
  desk.slack.change("C0ALERTS1", { isMember: false });
  await desk.slack.submit(form!.id, { "import.json": JSON.stringify(slim) });
  await until(
    () => JSON.stringify(desk.slack.views(ben.id).at(-1)?.body).includes("/invite @Tidewatch"),
    "the warning",
  );
  desk.slack.change("C0ALERTS1", { isMember: true });
  expect((await desk.bot.watches.byId("android"))?.sensitivity).toBe("low");
  expect(await desk.whole("changes android")).toContain("normal → low");
  await desk.slack.dismiss(ben.id, "all");
});

describe("who may", () => {
  test("guests may look but never change, and are told so alone", async () => {
    expect(await desk.type("mute ios 4h", gus.id)).toContain("Guests cannot change what is watched");
    expect(await desk.bot.mutes.all()).toEqual([]);
  });

  test("is decided in Slack: admins, members of a channel, a group", async () => {
    expect(await desk.type("who-can admins", mira.id)).toContain("Done");
    expect(await desk.type("mute ios 4h")).toContain("Only admins of the Slack workspace");
    expect(await desk.type("who-can everyone")).toContain("Only admins");
    expect(await desk.type("who-can @on-call", mira.id)).toContain("Done");
    expect(await desk.type("mute ios 4h", carla.id)).toContain("Only members of <!subteam^S0ONCALL01>");
    expect(await desk.type("mute ios 4h", ben.id)).toContain("Done");
    expect(await desk.type("unmute ios", ben.id)).toContain("Done");
    expect(await desk.type("who-can members", ben.id)).toContain("Done");
    expect(await desk.type("mute ios 4h", carla.id)).toContain("Done");
    expect(await desk.type("unmute ios", carla.id)).toContain("Done");
  });

  test("holds for every way to the same thing: an event, an import, an undoing, a mute of more than one watch", async () => {
    const why = "nly members of <#C0OPS0001>";
    await desk.bot.watches.save({ ...watches[2]!, id: "web-ops", channel: "C0OPS0001" });
    desk.slack.change("C0OPS0001", { people: [ben.id] });
    const ofCarla = { user: carla.id, channel: "C0ALERTS1" };
    const own = { bot: desk.bot, log: createLog("silent"), tell: async () => {} };

    expect(await desk.type("event plan Sale Thu 18-21")).toContain("Done: added the planned event");
    expect(await desk.type("event remove sale@2026-06-18T18:00", carla.id)).toContain(why);
    expect(await desk.type("event remove sale@2026-06-18T18:00")).toContain("Done: removed");

    const backup = writeBackup({
      ...(await exportAll(desk.bot)),
      watches: [{ ...watches[2]!, id: "web-ops", channel: "C0OPS0001", sensitivity: "low" }],
    });
    await expect(imported(backup, ofCarla, own)).rejects.toThrow(why);
    const rule = writeBackup({ ...(await exportAll(desk.bot)), access: { who: "admins" } });
    await expect(imported(rule, ofCarla, own)).rejects.toThrow("only admins");
    expect(await desk.bot.access.get()).toEqual({ who: "members" });
    expect((await desk.bot.watches.byId("web-ops"))?.sensitivity).toBe("normal");

    const change = (await desk.bot.changes.since(0)).find(({ changed }) => changed.kind === "access")!;
    expect(await desk.type(`undo ${change.id}`, carla.id)).toContain("whoever is in every alert channel");

    // What one message tells of is muted together, and here that is the app, which another channel is told of, too.
    await desk.bot.watches.save({ ...watches[2]!, id: "web-vip", segmentName: "VIP" });
    const members = ["web.drop@2026-06-16T10", "web-vip.drop@2026-06-16T10"];
    for (const id of members) {
      const watchId = id.split(".", 1)[0]!;
      await desk.bot.incidents.save(anIncident({ id, watchId, causeId: "main.C0ALERTS1.hour.drop@x" }));
    }
    await desk.bot.causes.save({
      id: "main.C0ALERTS1.hour.drop@x",
      room: "main.C0ALERTS1.hour.drop",
      openedAt: noon,
      members,
      version: 0,
    });
    await expect(muteIncident(members[0]!, "4h", ofCarla, own)).rejects.toThrow(why);
    expect(await desk.bot.mutes.all()).toEqual([]);
    await desk.bot.watches.remove("web-vip");
    await desk.bot.watches.remove("web-ops");
  });

  test("cannot be decided so that whoever decides is kept out", async () => {
    expect(await desk.type("who-can admins", ben.id)).toContain("Only admins");
    expect(await desk.bot.access.get()).toEqual({ who: "members" });
  });
});

test("nothing went unacknowledged", () => {
  expect(desk.slack.failures).toEqual([]);
});
