import { afterEach, expect, test } from "vitest";
import { undo } from "../src/pipeline/actions/change.ts";
import { editWatch, removeWatch } from "../src/pipeline/actions/watch.ts";
import { requestOf } from "../src/pipeline/actions/watch-request.ts";
import type { Watch } from "../src/settings/watch.ts";
import { HOUR } from "../src/time/time.ts";
import { noon } from "./builders.ts";
import { type Stage, setStage, watches } from "./stage.ts";
import { until } from "./until.ts";

let stage: Stage;
afterEach(() => stage?.close());

/** An outage of these apps in one message. */
async function setOutage(...apps: string[]): Promise<void> {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  for (const app of apps)
    stage.braze.control.happen({ series: { app }, kind: "outage", from: noon + HOUR, hours: 30 });
  await stage.startWorkers();
  await stage.liveThrough(noon + HOUR);
  await until(() => alert("C0ALERTS1") !== undefined, "the alert");
}

const alert = (channel: string) => {
  const [root] = stage.slack
    .messages(channel)
    .filter(
      ({ threadTs, blocks }) => threadTs === undefined && /Incident |Cause /.test(JSON.stringify(blocks)),
    );
  return root && JSON.stringify(root.blocks);
};
const isShown = (channel: string, text: RegExp) =>
  until(() => text.test(alert(channel) ?? ""), `${text} in ${channel}`, 20_000);

test("the alert of a removed watch says who removed it and has no buttons, and Undo opens it again", async () => {
  await setOutage("ios");
  const { change } = await removeWatch("ios", "Ada", stage.bot);
  await isShown("C0ALERTS1", /no longer watched/);
  expect(alert("C0ALERTS1")).toMatch(/Removed by Ada/);
  expect(alert("C0ALERTS1")).not.toMatch(/"actions"/);
  await until(async () => (await stage.bot.incidents.live("ios")).length === 0, "the incident to be closed");
  await undo(change!.id, "Ben", stage.bot);
  await isShown("C0ALERTS1", /State\*\\nCritical, open/);
  expect(alert("C0ALERTS1")).toMatch(/"actions"/);
}, 120_000);

test("an alert of several watches continues without a removed one", async () => {
  await setOutage("ios", "web");
  await removeWatch("ios", "Ada", stage.bot);
  await isShown("C0ALERTS1", /ios.*no longer watched/);
  expect(alert("C0ALERTS1")).toMatch(/Drop: web, 1 of 2 watches over|"actions"/);
  expect((await stage.bot.incidents.live("web"))[0]?.resolvedAt).toBeUndefined();
}, 120_000);

test("an incident whose watch moves to another channel continues there, and its old alert links to it", async () => {
  await setOutage("ios");
  const to = async (before: Watch) => ({ ...requestOf(before), channel: "C0OPS0001" });
  await editWatch("ios", to, "Ada", stage.bot);
  await isShown("C0OPS0001", /Drop: ios.*"actions"/);
  await isShown("C0ALERTS1", /alerted on in <#C0OPS0001>/);
  expect(alert("C0ALERTS1")).not.toMatch(/"actions"/);
}, 120_000);
