import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ben, carla, gus } from "../../../simulator/slack/people.ts";
import { ALL_SCOPES } from "../../../simulator/slack/simulator.ts";
import type { View } from "../../../simulator/slack/views/view.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { until } from "../../support/until.ts";
import { type SlackStage, setSlackStage } from "./console-stage.ts";

let context: SlackStage;
beforeAll(async () => {
  context = await setSlackStage({
    ops: { channel: "C0OPS0001" },
    answerWithin: 5_000,
    segments: [
      { id: "vip", name: "Very important people", share: 0.2 },
      { id: "old", name: "Old people", share: 0.2, tracked: false },
    ],
  });
  context.slack.change("C0ALERTS1", { people: [ben.id, carla.id, gus.id] });
  context.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon, hours: 48 });
  await context.liveThrough(noon);
});
afterAll(() => context.closeAll());

/** The modal on top, once it says this. */
async function modal(words: RegExp, user = ben.id): Promise<View> {
  const shown = () => context.slack.views(user).at(-1);
  await until(() => words.test(JSON.stringify(shown()?.body ?? {})), `a modal that says ${words}`);
  return shown()!;
}

const closed = () => until(() => context.slack.views(ben.id).length === 0, "the modal to close");
const shown = (words: string, channel = "C0ALERTS1") =>
  until(
    () =>
      context.slack
        .messages(channel)
        .some(({ blocks, text }) => `${text}${JSON.stringify(blocks)}`.includes(words)),
    `"${words}" in ${channel}`,
  );
const dashboard = async (words: string) => {
  await until(
    () => JSON.stringify(context.slack.home(ben.id)?.body ?? {}).includes(words),
    `a dashboard that says "${words}"`,
  );
  return context.slack.home(ben.id)!;
};
const choose = (view: View, action: string, choice: string, block?: string) =>
  context.slack.click({ view: view.id }, action, { user: ben.id, choice, ...(block && { block }) });
/** Opens the second step of the watch form. */
const advanced = async (view: View) => {
  await context.slack.click({ view: view.id }, "watch.advanced", { user: view.user });
  await modal(/Fewer settings.*Runbook/, view.user);
};
const alert = () =>
  context.slack.messages("C0ALERTS1").find(({ text }) => /(Critical|Warning): ios/.test(text))!;
const press = async (action: string, choice?: string, user = ben.id) => {
  const { channel, ts } = { channel: "C0ALERTS1", ts: alert().ts };
  return context.slack.click({ channel, ts }, action, { user, ...(choice && { choice }) });
};

describe("the form of a watch", () => {
  test("lists apps by name that only a watch has named", async () => {
    const watch = (await context.bot.watches.byId("android"))!;
    await context.bot.watches.save({ ...watch, appName: "The robot" });
    await context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
    expect(JSON.stringify((await modal(/; at \*/)).body.blocks)).toContain('"text":"The robot"');
    await context.slack.dismiss(ben.id, "all");
    await context.bot.watches.save(watch);
  });

  // First, because Slack's list of groups is remembered for a minute.
  test("takes a group's id where the app may not list the groups, and says which scope is missing", async () => {
    context.slack.grant(ALL_SCOPES.filter((scope) => scope !== "usergroups:read"));
    await context.slack.command("/tidewatch edit android", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/; at \*/);
    await advanced(form);
    await modal(/by its ID.*usergroups:read/);
    await context.slack.submit(form.id, { "watch.ownerGroup": "S0ONCALL01" });
    await closed();
    expect(await context.bot.watches.byId("android")).toMatchObject({ owner: "S0ONCALL01" });
    context.slack.grant(ALL_SCOPES);
    expect(await context.type("edit android owner:none")).toContain("Done");
  });

  test("opens from the command, previews the choice, names errors, and is saved and announced", async () => {
    await context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/; at \*/);
    await choose(form, "watch.app", "*new");
    await modal(/API identifier/);
    expect(
      await context.slack.submit(form.id, { "watch.appId": "my app", "watch.appName": "Web shop" }),
    ).toMatchObject({
      errors: { appId: expect.stringContaining("API identifier") },
    });
    expect(await context.slack.submit(form.id, { "watch.appId": "unknown" })).toMatchObject({
      errors: { "app/main": expect.stringContaining("Braze answered 400") },
    });

    await choose(form, "watch.appId", "web");
    const { options } = await context.slack.suggest({ view: form.id }, "watch.segment", {
      user: ben.id,
      typed: "people",
    });
    expect(options.map(({ value }) => value)).toEqual(["vip", "untracked old"]);
    await choose(form, "watch.segment", "untracked old");
    await modal(/analytics tracking/);
    await choose(form, "watch.segment", "vip");
    await choose(form, "watch.sensitivity", "high");
    await modal(/\*\d+ alerts?\* in 7 weeks at \*high\*.*"slack_file"/);

    await advanced(form);
    expect(
      await context.slack.submit(form.id, {
        "watch.owner": ben.id,
        "watch.runbook": "https://wiki.test/web",
        "watch.quietFrom": "22:00",
        "watch.quietTo": "07:00",
      }),
    ).toEqual({});
    await closed();
    expect(await context.bot.watches.byId("web-shop-very-important-people")).toMatchObject({
      appName: "Web shop",
      segmentName: "Very important people",
      sensitivity: "high",
      owner: ben.id,
      runbook: "https://wiki.test/web",
      quiet: { from: 1_320, to: 420, critical: false },
    });
    expect(await context.bot.apps.all()).toContainEqual({ workspace: "main", app: "web", name: "Web shop" });
    await shown("web-shop-very-important-people", "C0OPS0001");
  });

  test("warns when its channel cannot be posted to, and is saved anyway", async () => {
    context.slack.change("C0OPS0001", { isMember: false });
    await context.slack.command("/tidewatch edit android", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/; at \*/);
    await context.slack.submit(form.id, { "watch.channel": "C0OPS0001" });
    await modal(/Done.*Tidewatch cannot post in <#C0OPS0001> yet.*invite @Tidewatch/);
    expect(await context.bot.watches.byId("android")).toMatchObject({ channel: "C0OPS0001" });
    context.slack.change("C0OPS0001", { isMember: true });
    await context.slack.dismiss(ben.id, "all");
  });

  test("that was closed while Braze was asked still reports to its author that nothing was saved", async () => {
    await context.slack.command("/tidewatch edit web", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/; at \*/);
    await choose(form, "watch.app", "*all");
    await modal(/All apps.*; at \*/);
    const lift = context.braze.control.fail({ kind: "stall" });
    const submitted = context.slack.submit(form.id, {});
    await modal(/One moment/);
    await context.slack.dismiss(ben.id, "all");
    await submitted;
    const lastNotified = () => context.slack.ephemerals(ben.id, "C0ALERTS1").map(({ text }) => text);
    await until(
      () => lastNotified().some((text) => /Edit a watch: this was not done.*Braze/.test(text)),
      "the refusal",
    );
    lift();
  });

  test.each(["left out", "empty"] as const)(
    "changes no field that nobody edited where Slack sends it %s",
    async (untouched) => {
      await context.bot.watches.save({
        ...(await context.bot.watches.byId("web"))!,
        runbook: "https://wiki.test/web",
        appName: "Web shop",
        minAbsoluteChange: 40,
        quiet: { from: 1_320, to: 420, critical: true },
      });
      const before = (await context.bot.watches.byId("web"))!;
      context.slack.sendUntouched(untouched);
      await context.slack.command("/tidewatch edit web", { user: ben.id, channel: "C0ALERTS1" });
      const form = await modal(/; at \*/);
      await advanced(form);
      await choose(form, "watch.direction", untouched === "empty" ? "spike" : "drop");
      await context.slack.submit(form.id, { "watch.owner": ben.id });
      await closed();
      expect(await context.bot.watches.byId("web")).toEqual({
        ...before,
        direction: untouched === "empty" ? "spike" : "drop",
        owner: ben.id,
      });
      context.slack.sendUntouched();
    },
  );

  test("saves nothing after somebody else's change, and shows who changed what above the typed values", async () => {
    await context.slack.command("/tidewatch edit android", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/; at \*/);
    await advanced(form);
    expect(await context.type("edit android sensitivity:low", carla.id)).toContain("Done");
    await context.slack.submit(form.id, { "watch.minCount": "30" });
    const lastNotified = JSON.stringify((await modal(/Since this form was opened/)).body);
    expect(lastNotified).toContain(`<@${carla.id}> changed it (Sensitivity: normal → low)`);
    const kept = await context.bot.watches.byId("android");
    expect(kept).toMatchObject({ sensitivity: "low" });
    expect(kept).not.toHaveProperty("minAbsoluteChange");
    await context.slack.dismiss(ben.id, "all");

    await context.slack.command("/tidewatch edit android", { user: ben.id, channel: "C0ALERTS1" });
    const again = await modal(/; at \*/);
    await advanced(again);
    await context.slack.submit(again.id, { "watch.minCount": "30" });
    await closed();
    expect(await context.bot.watches.byId("android")).toMatchObject({
      sensitivity: "low",
      minAbsoluteChange: 30,
    });
    expect(await context.type("edit android sensitivity:normal min-sessions:0")).toContain("Done");
  });

  test("keeps what was typed when the second step is shown and hidden, and names a group from Slack's list", async () => {
    await context.slack.command("/tidewatch edit android", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/; at \*/);
    expect(JSON.stringify(form.body)).not.toContain('Runbook"');
    await advanced(form);
    const groups = await context.slack.suggest({ view: form.id }, "watch.ownerGroup", {
      user: ben.id,
      typed: "call",
    });
    expect(groups.options.map(({ value }) => value)).toEqual(["S0ONCALL01"]);
    context.slack.fill(form.id, {
      "watch.ownerGroup": "S0ONCALL01",
      "watch.runbook": "https://wiki.test/android",
      "watch.quietFrom": "22:00",
    });

    // Half of the quiet hours is an error, which has to stay in sight.
    await context.slack.click({ view: form.id }, "watch.advanced", { user: ben.id });
    await modal(/need a start and an end.*Fewer settings/);
    context.slack.fill(form.id, { "watch.quietTo": "07:00" });
    await context.slack.click({ view: form.id }, "watch.advanced", { user: ben.id });
    await modal(/Set there: .*User group as owner, Runbook, Quiet hours from, Quiet hours to/);
    expect(await context.slack.submit(form.id, { "watch.sensitivity": "low" })).toEqual({});
    await closed();
    expect(await context.bot.watches.byId("android")).toMatchObject({
      sensitivity: "low",
      owner: "S0ONCALL01",
      runbook: "https://wiki.test/android",
      quiet: { from: 1_320, to: 420, critical: false },
    });
    expect(
      await context.type("edit android sensitivity:normal owner:none runbook:none quiet:none"),
    ).toContain("Done");
  });
});

describe("a guest who asks for a form is told at once that guests change nothing", () => {
  test.each(["watch", "edit android", "suggest"])("with the command `%s`", async (words) => {
    await context.slack.command(`/tidewatch ${words}`, { user: gus.id, channel: "C0ALERTS1" });
    const view = await modal(/guests/, gus.id);
    expect(JSON.stringify(view.body.blocks)).not.toContain('"input"');
    await context.slack.dismiss(gus.id, "all");
  });

  test.each([
    ["add", "home.add"],
    ["plan an event", "home.event"],
  ])("on the dashboard, to %s", async (_, action) => {
    await context.slack.openHome(gus.id);
    await until(() => context.slack.home(gus.id) !== undefined, "the dashboard");
    await context.slack.click({ view: context.slack.home(gus.id)!.id }, action, { user: gus.id });
    await modal(/guests/, gus.id);
    await context.slack.dismiss(gus.id, "all");
  });
});

describe("the buttons of an alert", () => {
  beforeAll(() => shown("ios down"));

  test("acknowledge once however often they are pressed, undo it, and refuse guests", async () => {
    expect(JSON.stringify(await refusal(press("incident.acknowledge", undefined, gus.id)))).toContain(
      "Guests",
    );
    await Promise.all([press("incident.acknowledge"), press("incident.acknowledge")]);
    await shown(`Acknowledged by <@${ben.id}>`);
    const [incident] = await context.bot.incidents.since("ios", noon);
    expect(incident?.acknowledged).toMatchObject({ by: ben.id });
    await press("incident.unacknowledge");
    await until(
      async () => !(await context.bot.incidents.since("ios", noon))[0]?.acknowledged,
      "it to be taken back",
    );
  });

  test("explain the alert and show more", async () => {
    await press("incident.why");
    await modal(/same hour in past weeks/);
    await press("incident.moved");
    await modal(/What moved\?.*(?:vs [\d,]+ expected|No parts are known)/);
    await press("incident.more");
    const detail = await modal(/Notification log/);
    expect(JSON.stringify(detail.body)).toContain("Open the alert");
    await context.slack.dismiss(ben.id, "all");
  });

  test("mute until a date from a form or for a while, show that, unmute, and post nothing in the channel", async () => {
    const [incident] = await context.bot.incidents.since("ios", noon);
    const posted = context.slack.messages("C0ALERTS1").length;
    await press("incident.mute", `date ${incident!.id}`);
    const form = await modal(/Until/);
    const past = String((context.now() - HOUR) / 1_000);
    expect(await context.slack.submit(form.id, { "mute.date": past })).toMatchObject({
      errors: { date: expect.stringContaining("has passed") },
    });
    const later = (context.now() + 48 * HOUR) / 1_000;
    expect(await context.slack.submit(form.id, { "mute.date": String(later) })).toEqual({});
    expect(await context.bot.mutes.all()).toMatchObject([{ until: later * 1_000 }]);
    await shown("Muted until");
    expect(JSON.stringify(alert().blocks)).toContain(`by <@${ben.id}>`);
    expect(JSON.stringify(alert().blocks)).not.toContain("incident.mute");

    expect(JSON.stringify(await refusal(press("incident.unmute", undefined, gus.id)))).toContain("Guests");
    await press("incident.unmute");
    await until(async () => (await context.bot.mutes.all()).length === 0, "the mute to end");
    await until(() => !JSON.stringify(alert().blocks).includes("Muted until"), "the alert to show it");
    const [answer] = await refusal(press("incident.mute", `4h ${incident!.id}`));
    expect(JSON.stringify(answer)).toContain("change.undo");
    expect(await context.bot.mutes.all()).toMatchObject([
      { scope: { kind: "watch", watch: "ios" }, by: ben.id, until: context.now() + 4 * HOUR },
    ]);
    expect(context.slack.messages("C0ALERTS1")).toHaveLength(posted);
  });

  test("label the incident", async () => {
    const [incident] = await context.bot.incidents.since("ios", noon);
    await press("incident.label", `real ${incident!.id}`);
    await until(
      async () => (await context.bot.incidents.byId(incident!.id))?.labelled?.label === "real",
      "the label",
    );
  });
});

describe("the dashboard", () => {
  test("shows what is open, muted and watched, and acts at once", async () => {
    await context.slack.openHome(ben.id);
    const home = await dashboard("1 open incident");
    expect(JSON.stringify(home.body)).toMatch(/sessions in 7 days/);
    await choose(home, "home.unmute", "");
    await dashboard("Not acknowledged");
    await until(async () => (await context.bot.mutes.all()).length === 0, "the mute to go");
    await choose(await dashboard("Acknowledge"), "incident.acknowledge", "");
    await dashboard(`Acknowledged by <@${ben.id}>`);
  });

  test("plans and cancels an event", async () => {
    const home = context.slack.home(ben.id)!;
    await choose(home, "home.event", "");
    const form = await modal(/Name/);
    const at = (hours: number) => String((context.now() + hours * HOUR) / 1_000);
    expect(
      await context.slack.submit(form.id, { "event.name": "Push", "event.from": at(5), "event.to": at(4) }),
    ).toMatchObject({ errors: { to: expect.stringContaining("after the beginning") } });
    expect(await context.slack.submit(form.id, { "event.to": at(8) })).toEqual({});
    await choose(await dashboard("Push"), "home.cancel", "");
    await until(async () => (await context.bot.events.all()).length === 0, "the event to be cancelled");
  });

  test("asks before a form mutes the whole channel", async () => {
    const before = await context.bot.mutes.all();
    await choose(await dashboard("android"), "home.watch", "mute android");
    const form = await modal(/All alerts in the channel/);
    const { scopes } = JSON.parse(String((form.body as { private_metadata?: string }).private_metadata)) as {
      scopes: readonly unknown[];
    };
    await context.slack.submit(form.id, { "mute.scope": String(scopes.length - 1) });
    await modal(/This mutes the whole channel/);
    expect(await context.bot.mutes.all()).toEqual(before);
    await context.slack.submit(context.slack.views(ben.id).at(-1)!.id, {});
    await closed();
    // The channel of that watch.
    const scope = { kind: "channel", channel: "C0OPS0001" } as const;
    expect(await context.bot.mutes.all()).toContainEqual(expect.objectContaining({ scope }));
    await context.bot.mutes.remove(scope);
  });

  test("removes a watch after a confirmation", async () => {
    await choose(await dashboard("android"), "home.watch", "remove android", undefined);
    const form = await modal(/This removes the watch/);
    expect(await context.slack.submit(form.id, {})).toEqual({});
    expect(await context.bot.watches.byId("android")).toBeUndefined();
  });
});

async function refusal(outcome: ReturnType<typeof press>) {
  const { responses } = await outcome;
  await until(() => responses.length > 0, "an answer");
  return responses;
}
