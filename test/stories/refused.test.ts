import { afterEach, describe, expect, test } from "vitest";
import type { ApiCall } from "../../simulator/slack/api.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { anAppWatch, anEvent, noon } from "../support/builders.ts";
import { type Stage, type StageOptions, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const ALERTS = "C0ALERTS1";
const OPS = "C0OPS0001";
const at = (hours: number) => noon + hours * HOUR;

let stage: Stage;
afterEach(() => stage?.close());

async function open(options: StageOptions = {}) {
  stage = await setStage(noon, { ops: { channel: OPS }, slackOnStageTime: true, ...options });
  for (const watch of watches) await stage.bot.watches.save(watch);
  await stage.startWorkers();
  await stage.liveThrough(noon);
}

const outage = (app: string, from: number) =>
  stage.braze.control.happen({ series: { app }, kind: "outage", from: at(from), hours: 4 });
const texts = (channel: string) => stage.slack.messages(channel).map(({ text }) => text);
const isPosted = (channel: string, pattern: RegExp) => texts(channel).some((text) => pattern.test(text));
const to = (channel: string) => (call: ApiCall) =>
  call.args.channel === channel && /^chat\.(postMessage|update)$/.test(call.method);

describe("while Slack refuses every block", () => {
  test("an outage and its end are posted as text, ops is told why, and the health issue resolves once Slack accepts blocks", async () => {
    await open();
    outage("web", 1);
    stage.slack.refuse((call) =>
      to(ALERTS)(call) && call.args.blocks !== undefined && call.args.blocks !== "[]"
        ? "invalid_blocks"
        : undefined,
    );
    await stage.liveThrough(at(7));
    expect(texts(ALERTS)[0]).toMatch(/^\*✅ Resolved: web/);
    expect(texts(ALERTS)).toContainEqual(expect.stringMatching(/^\*✅ Resolved: web .* Down for 4 hours/));
    await until(() => isPosted(OPS, /Slack refuses messages/), "the ops channel to be told");
    expect(texts(OPS).join()).toContain("with invalid_blocks");

    stage.slack.refuse(() => undefined);
    outage("web", 9);
    await stage.liveThrough(at(10));
    expect(stage.slack.messages(ALERTS)[0]?.blocks.length).toBeGreaterThan(2);
    await stage.liveThrough(at(13));
    await until(() => isPosted(OPS, /^✅ Resolved.*Slack refuses messages/), "its end to be told");
  });
});

describe.each(["msg_blocks_too_long", "moon_in_wrong_house"])(
  "a reply that Slack never accepts (%s)",
  (error) => {
    test("delays no other alert of its channel, and the refusal is reported", async () => {
      await open();
      outage("web", 1);
      await stage.liveThrough(at(1));
      const { ts } = stage.slack.messages(ALERTS)[0]!;
      stage.slack.refuse((call) => (call.args.thread_ts === ts ? error : undefined));
      await stage.bot.watches.save(anAppWatch({ ...watches[0]!, id: "ios-later" }));
      outage("ios", 5);
      await stage.liveThrough(at(8));

      expect(isPosted(ALERTS, /(Critical|Warning|Resolved): i[oO][sS]/)).toBe(true);
      expect(stage.slack.messages(ALERTS)[0]?.text).toMatch(/^✅ Resolved: web/);
      await until(() => isPosted(OPS, /Slack refuses messages/), "the ops channel to be told");
      expect(texts(OPS).join()).toContain(`${error}; it was not posted in any form`);
      expect((await stage.bot.healthIssues.all()).map(({ id }) => id)).toContain(`message.${ALERTS}`);
    });
  },
);

test("an alert that Slack accepts in no form delays no other alert of the same channel", async () => {
  await open();
  outage("web", 1);
  stage.slack.refuse((call) =>
    to(ALERTS)(call) && String(call.args.text).includes("web") ? "moon_in_wrong_house" : undefined,
  );
  stage.passTo(at(1));
  await until(() => isPosted(OPS, /moon_in_wrong_house/), "the refusal to be told");
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(6), hours: 4 });
  for (let hour = 2; hour <= 8; hour++) {
    stage.passTo(at(hour));
    await until(
      async () => (await stage.bot.progress.all()).get("main.ios.all.hour")?.evaluatedThrough === at(hour),
      "ios to be evaluated",
    );
  }
  await until(() => isPosted(ALERTS, /ios/i), "the other outage to be posted");
  expect(isPosted(ALERTS, /web/)).toBe(false);
});

test("a health issue that Slack accepts in no form delays no other in the ops channel, nor the daily status", async () => {
  await open({ ops: { channel: OPS, dailyStatusAt: 0 } });
  stage.slack.refuse((call) =>
    to(OPS)(call) && String(call.args.text).includes("A Slack channel") ? "moon_in_wrong_house" : undefined,
  );
  const wrong = { message: "refused", advice: "Look.", since: stage.now() };
  await stage.bot.failures.raise(ALERTS, { ...wrong, failure: "slack-destination" });
  await stage.bot.failures.raise("CONSOLE", { ...wrong, failure: "slack-workspace" });
  stage.pass(MINUTE);
  await until(() => stage.bot.healthIssues.all().then((all) => all.length >= 2), "both to be seen");
  stage.pass(3 * MINUTE);
  await until(() => isPosted(OPS, /Slack commands and buttons do not work/), "the other to be posted");
  await stage.liveThrough(at(13));
  await until(() => isPosted(OPS, /hours evaluated/), "the daily account");
});

test("of two events planned for one channel, one is announced when Slack refuses the other", async () => {
  await open();
  stage.slack.refuse((call) =>
    to(ALERTS)(call) && String(call.args.text).includes("Refused") ? "moon_in_wrong_house" : undefined,
  );
  await stage.bot.events.save(
    anEvent({ id: "first@2026-06-16T20:00", name: "Refused sale", from: at(8), to: at(9) }),
  );
  await stage.bot.events.save(
    anEvent({ id: "next@2026-06-16T22:00", name: "Next sale", from: at(10), to: at(11) }),
  );
  await until(() => isPosted(ALERTS, /Next sale/), "the other event to be announced");
});
