import { afterEach, expect, test } from "vitest";
import type { ApiCall } from "../../../simulator/slack/api.ts";
import { ben } from "../../../simulator/slack/people.ts";
import { until } from "../../support/until.ts";
import { type SlackStage, setSlackStage } from "./console-stage.ts";

let context: SlackStage;
afterEach(() => context?.closeAll());

const isAnswer = ({ method }: ApiCall) => method === "response_url" || method === "chat.postEphemeral";
const hasBlocks = ({ args }: ApiCall) => args.blocks !== undefined && args.blocks !== "[]";
const noted = async () => [...(await context.bot.failures.all()).values()].map(({ message }) => message);

test("an answer whose form Slack refuses is sent as text, and the refusal is a health issue", async () => {
  context = await setSlackStage();
  context.slack.refuse((call) => (isAnswer(call) && hasBlocks(call) ? "invalid_blocks" : undefined));
  const shown = JSON.parse(await context.whole("list"));
  expect(shown.blocks).toEqual([]);
  expect(shown.text).toContain("ios");
  await until(
    async () =>
      (await noted()).some((message) => /invalid_blocks; it was posted in a plainer form/.test(message)),
    "the refusal to be noted",
  );
});

test("an unknown refusal leaves at least one line of an answer", async () => {
  context = await setSlackStage();
  context.slack.refuse((call) =>
    isAnswer(call) && (hasBlocks(call) || String(call.args.text).includes("\n"))
      ? "moon_in_wrong_house"
      : undefined,
  );
  expect(await context.type("list")).not.toBe("");
});

test("an answer that Slack accepts in no form is logged and recorded, and the next one is sent", async () => {
  context = await setSlackStage();
  context.slack.refuse((call) => (isAnswer(call) ? "moon_in_wrong_house" : undefined));
  await context.slack.command("/tidewatch list", { user: ben.id, channel: "C0ALERTS1" });
  await until(
    async () =>
      (await noted()).some((message) => /moon_in_wrong_house; it was not posted in any form/.test(message)),
    "the refusal to be noted",
  );
  expect(context.lines.join("")).toContain("console.unanswered");
  context.slack.refuse(() => undefined);
  expect(await context.type("list")).not.toBe("");
});
