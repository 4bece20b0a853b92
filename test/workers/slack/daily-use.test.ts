import { afterAll, beforeAll, expect, test } from "vitest";
import { ben, carla, gus } from "../../../simulator/slack/people.ts";
import { anIncident, noon } from "../../support/builders.ts";
import { watches } from "../../support/stage.ts";
import { until } from "../../support/until.ts";
import { type SlackStage, setSlackStage } from "./console-stage.ts";

let context: SlackStage;
beforeAll(async () => {
  context = await setSlackStage({ segments: [{ id: "new", name: "New users", share: 0.3 }] });
  context.slack.change("C0ALERTS1", { people: [ben.id, carla.id, gus.id] });
  await context.bot.watches.save({
    ...watches[0]!,
    id: "ios-new",
    appName: "iOS",
    segmentName: "New users",
    series: { ...watches[0]!.series, segment: "new" },
  });
  // What is saved from here on is evaluated no more.
  await context.liveThrough(noon);
  await context.bot.incidents.save(anIncident({ id: "ios-new.drop@2026-06-16T11", watchId: "ios-new" }));
});
afterAll(() => context.closeAll());

/** Presses a button of the last answer that this person got. */
async function press(label: string, user = ben.id) {
  const { ts, blocks } = context.slack.ephemerals(user, "C0ALERTS1").at(-1)!;
  const [block, action] = placeOf(label, blocks);
  const outcome = await context.slack.click({ channel: "C0ALERTS1", ts }, action, { user, block });
  return outcome;
}

interface Button {
  readonly action_id: string;
  readonly text: { readonly text: string };
}

function placeOf(label: string, blocks: readonly unknown[]): [block: string, action: string] {
  for (const block of blocks as { block_id: string; accessory?: Button; elements?: Button[] }[])
    for (const one of [block.accessory, ...(block.elements ?? [])])
      if (one?.text?.text === label) return [block.block_id, one.action_id];
  throw new Error(`no button "${label}" in ${JSON.stringify(blocks)}`);
}

test("/tidewatch alone is the status, and its buttons acknowledge, list, and open the form", async () => {
  const status = await context.whole("");
  expect(status).toContain("iOS · New users");
  const acknowledged = await press("Acknowledge");
  await until(() => acknowledged.responses.length > 0, "the answer to the button");
  expect(acknowledged.responses[0]?.text).toContain(`<@${ben.id}> acknowledged`);
  expect((await context.bot.incidents.byId("ios-new.drop@2026-06-16T11"))?.acknowledged?.by).toBe(ben.id);

  expect(await context.whole("status")).not.toContain("Acknowledge");
  const listed = await press("All watches");
  await until(() => listed.responses.length > 0, "the list");
  expect(listed.responses[0]?.text).toBe("4 watches");

  await context.type("");
  await press("Add a watch");
  await until(() => context.slack.views(ben.id).length > 0, "the form");
  await context.slack.dismiss(ben.id, "all");
});

test("a guest who presses a button of the status learns why nothing is done", async () => {
  await context.bot.incidents.save(anIncident({ id: "web.drop@2026-06-16T11", watchId: "web" }));
  await context.type("", gus.id);
  const refused = await press("Acknowledge", gus.id);
  await until(() => refused.responses.length > 0, "the refusal");
  expect(refused.responses[0]?.text).toContain("Guests");
  expect((await context.bot.incidents.byId("web.drop@2026-06-16T11"))?.acknowledged).toBeUndefined();
});

test("a watch is named by words of its title, without quotes, in any case", async () => {
  expect(await context.type("show new users")).toBe("Watch ios-new");
  expect(await context.type("show IOS users")).toBe("Watch ios-new");
  expect(await context.type("show ios")).toBe("Watch ios");
  expect(await context.type("snooze New users 1h")).toContain("mute of watch iOS · New users");
  expect(await context.type("show usres")).toContain('There is no watch "usres"');
  await context.bot.watches.save({ ...watches[1]!, id: "android-new", segmentName: "New users" });
  expect(await context.type("show new users")).toContain("Several watches are called");
  await context.bot.watches.remove("android-new");
});

test("everything that is muted here ends at once", async () => {
  await context.type("mute android 1h");
  expect(await context.type("mute all 1h")).toContain("This mutes the whole channel: 4 watches post");
  expect((await context.bot.mutes.all()).length).toBe(2);
  const confirmed = await press("Mute the channel");
  await until(() => confirmed.responses.length > 0, "the mute");
  expect((await context.bot.mutes.all()).length).toBe(3);
  expect(await context.type("unmute all")).toContain("3 mutes ended");
  expect(await context.bot.mutes.all()).toEqual([]);
  expect(await context.type("unmute all")).toContain("Nothing is muted here");
});

test("excluded hours are listed with a button that removes them", async () => {
  await context.type("exclude android yesterday 8-12");
  expect(await context.type("exclusions android")).toContain("1 exclusion of android");
  const removed = await press("Remove");
  await until(() => removed.responses.length > 0, "the answer to the button");
  expect(removed.responses[0]?.text).toContain("Done: removed the exclusion");
  expect(await context.type("exclusions android")).toContain("no excluded hours");
});

test("an incident is acknowledged and labeled by the name of its watch", async () => {
  expect(await context.type("ack web")).toContain("acknowledged web.drop@2026-06-16T11");
  expect(await context.type("label web false alarm")).toContain("label of `web.drop@2026-06-16T11`");
  expect((await context.bot.incidents.byId("web.drop@2026-06-16T11"))?.labelled?.label).toBe("false-alarm");
  expect(await context.type("ack android")).toContain("Android has no open incident");
  expect(await context.type("label android real")).toContain("Android has no incident");
});
