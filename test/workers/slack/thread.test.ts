import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ben, carla, gus } from "../../../simulator/slack/people.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { until } from "../../support/until.ts";
import { type SlackStage, setSlackStage } from "./console-stage.ts";

const CHANNEL = "C0ALERTS1";
const manifest = JSON.parse(readFileSync("slack-manifest.json", "utf8"));
const events: string[] = manifest.settings.event_subscriptions.bot_events;

describe.each(["socket", "http"] as const)("over %s, in the thread of an alert", (via) => {
  let context: SlackStage;
  beforeAll(async () => {
    context = await setSlackStage({ slack: { events } }, via);
    context.slack.change(CHANNEL, { people: [ben.id, carla.id, gus.id] });
    context.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon, hours: 48 });
    await context.liveThrough(noon);
    await until(() => root() !== undefined, "the alert");
  });
  afterAll(() => context.closeAll());

  const root = () =>
    context.slack.messages(CHANNEL).find(({ text, threadTs }) => !threadTs && /: ios/.test(text))!;
  const incident = async () => (await context.bot.incidents.live("ios"))[0]!;
  const notes = async () => ((await incident()).notes ?? []).map(({ text }) => text);
  const privately = (user: string) => context.slack.ephemerals(user, CHANNEL);
  const write = (text: string, user = ben.id) => context.slack.write(CHANNEL, text, user, root().ts);

  /** Replies, and answers what its author alone is shown. */
  async function reply(text: string, user = ben.id) {
    const before = privately(user).length;
    write(text, user);
    await until(() => privately(user).length > before, `an answer to "${text}"`);
    return JSON.stringify(privately(user).at(-1));
  }

  test('"mute 2h" mutes what the alert is about, and "unmute" ends that', async () => {
    expect(await reply("mute 2h")).toContain("mute of watch ios");
    expect(await context.bot.mutes.all()).toMatchObject([
      { scope: { kind: "watch", watch: "ios" }, by: ben.id, until: context.now() + 2 * HOUR },
    ]);
    expect(await reply("unmute")).toContain("mute of watch ios");
    expect(await context.bot.mutes.all()).toEqual([]);
    expect(await reply("Snooze it until tomorrow 9:00")).toContain("mute of watch ios");
    await reply("unmute");
  });

  test("a command that cannot be read is refused with an example, and is no note", async () => {
    expect(await reply("mute 2 hourz")).toMatch(/is not a time.*In this thread: mute 2h/);
    expect(await notes()).toEqual([]);
  });

  test('"why?" and "help" are answered to whoever asks alone', async () => {
    const posted = context.slack.messages(CHANNEL).length;
    expect(await reply("Why?")).toContain("expected");
    expect(await reply("help")).toContain("What you can reply");
    const written = context.slack.messages(CHANNEL).slice(posted);
    expect(written.filter(({ by }) => by === undefined)).toEqual([]);
  });

  test("a guest may read but not change", async () => {
    expect(await reply("false alarm", gus.id)).toContain("Guests");
    expect((await incident()).labelled).toBeUndefined();
  });

  test("anything else is kept as a note, once, and follows its reply when that is edited or deleted", async () => {
    expect(await reply("mute the TV team, they released 4.2 & broke it", carla.id)).toContain(
      "Kept as a note",
    );
    const first = write("Why did nobody see this?", carla.id);
    const second = write("hotfix is out", carla.id);
    await until(async () => (await notes()).length === 3, "three notes");
    context.slack.revise(CHANNEL, first.ts, "mute 5h");
    context.slack.remove(CHANNEL, second.ts);
    await until(async () => (await notes()).length === 2, "the deleted note to go");
    await until(async () => (await notes())[1] === "mute 5h", "the edited note");
    expect((await notes())[0]).toBe("mute the TV team, they released 4.2 & broke it");
    // Only the first note of a person is confirmed, and an edited command is not done.
    expect(privately(carla.id)).toHaveLength(1);
    expect(await context.bot.mutes.all()).toEqual([]);

    await context.slack.click({ channel: CHANNEL, ts: root().ts }, "incident.more", { user: carla.id });
    await until(
      () => JSON.stringify(context.slack.views(carla.id).at(-1)?.body ?? {}).includes("4.2"),
      "the details",
    );
    await context.slack.dismiss(carla.id, "all");
  });

  test("a mention in the thread is handled once, as a reply to the alert", async () => {
    expect(await reply(`@Tidewatch mute 1h`)).toContain("mute of watch ios");
    expect(await reply(`@Tidewatch unmute`)).toContain("mute of watch ios");
    expect(await reply(`@Tidewatch status`)).toContain("watches");
    expect((await notes()).filter((text) => /mute 1h|status/.test(text))).toEqual([]);
  });

  test("a label is posted in the thread, and no reply of Tidewatch itself is answered or kept", async () => {
    expect(await reply("False alarm!")).toContain("label");
    expect((await incident()).labelled).toMatchObject({ label: "false-alarm", by: ben.id });
    const own = () =>
      context.slack.messages(CHANNEL).filter(({ by, threadTs }) => !by && threadTs === root().ts);
    await until(() => own().some(({ text }) => /false alarm/i.test(text)), "the label in the thread");
    expect((await notes()).every((text) => !/labeled/i.test(text))).toBe(true);
  });

  test("a message in the channel, and a reply in another thread, are left alone", async () => {
    const other = context.slack.write(CHANNEL, "mute 3h", carla.id);
    context.slack.write(CHANNEL, "mute 3h", carla.id, other.ts);
    await reply("help", carla.id);
    expect(await context.bot.mutes.all()).toEqual([]);
    expect(privately(carla.id)).toHaveLength(2);
  });

  test("shortcuts of an alert, and of a reply in its thread, explain, mute and label it", async () => {
    const shortcut = (callback: string, ts = root().ts) =>
      context.slack.shortcut(callback, { channel: CHANNEL, ts }, ben.id);
    const top = () => JSON.stringify(context.slack.views(ben.id).at(-1)?.body ?? {});
    await shortcut("alert.why");
    await until(() => top().includes("expected"), "the explanation");
    await context.slack.dismiss(ben.id, "all");

    const answered = context.slack
      .messages(CHANNEL)
      .find(({ threadTs, by }) => threadTs === root().ts && by)!;
    await shortcut("alert.mute", answered.ts);
    await until(() => top().includes("mute.modal"), "the form");
    const view = context.slack.views(ben.id).at(-1)!;
    await context.slack.submit(view.id);
    await until(async () => (await context.bot.mutes.all()).length === 1, "the mute");

    const offered = await shortcut("alert.label");
    await until(() => offered.responses.length > 0, "the labels");
    expect(JSON.stringify(offered.responses[0])).toContain("incident.label");

    const stranger = context.slack.write(CHANNEL, "hello", carla.id);
    const refused = await shortcut("alert.label", stranger.ts);
    await until(() => refused.responses.length > 0, "the refusal");
    expect(refused.responses[0]?.text).toContain("no alert of Tidewatch");
  });

  test("every event was acknowledged, and the shortcuts are those of the manifest", () => {
    expect(context.slack.failures).toEqual([]);
    const callbacks = manifest.features.shortcuts.map((one: { callback_id: string }) => one.callback_id);
    expect(callbacks).toEqual(["alert.why", "alert.mute", "alert.label"]);
  });
});
