import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ben, carla, gus } from "../../../simulator/slack/people.ts";
import { until } from "../../support/until.ts";
import { type SlackStage, setSlackStage } from "./console-stage.ts";

describe.each(["socket", "http"] as const)("over %s", (via) => {
  let context: SlackStage;
  beforeAll(async () => {
    context = await setSlackStage({}, via);
    context.slack.change("C0ALERTS1", { people: [ben.id, carla.id, gus.id] });
  });
  afterAll(() => context.closeAll());

  const inChannel = (channel: string) => context.slack.messages(channel).filter(({ by }) => by === undefined);

  /** The newest answer that only this person sees in #alerts, once it has these words. */
  async function privately(words: string, user = ben.id) {
    const newest = () => context.slack.ephemerals(user, "C0ALERTS1").at(-1);
    const whole = () => JSON.stringify(newest() ?? "");
    await until(() => whole().includes(words), `an answer with "${words}"`);
    return newest()!;
  }

  test("whoever invites Tidewatch to a channel is welcomed there once, with what to do first", async () => {
    await context.slack.invite("C0OPS0001", ben.id);
    await until(() => inChannel("C0OPS0001").length > 0, "the welcome");
    const [welcome] = inChannel("C0OPS0001");
    expect(welcome?.text).toContain("Tidewatch is here");
    expect(JSON.stringify(welcome?.blocks)).toContain("Send a test alert");
    expect(inChannel("C0OPS0001")).toHaveLength(1);
  });

  test("a mention is answered to whoever wrote it alone: a command is done, anything else is explained", async () => {
    context.slack.write("C0ALERTS1", "@Tidewatch hello", ben.id);
    await privately("Tidewatch is here");
    context.slack.write("C0ALERTS1", "@Tidewatch mute ios 2h", ben.id);
    await privately("mute of watch ios");
    expect((await context.bot.mutes.all()).map(({ by }) => by)).toEqual([ben.id]);
    context.slack.write("C0ALERTS1", "@Tidewatch stop ios", ben.id);
    await privately("Did you mean mute or remove?");
    context.slack.write("C0ALERTS1", "@Tidewatch unmute ios", gus.id);
    await privately("Guests", gus.id);
    expect(inChannel("C0ALERTS1")).toEqual([]);
  });

  test("a direct message is answered there, and Tidewatch does not answer itself", async () => {
    await context.slack.openHome(ben.id, "messages");
    const dm = `D0${ben.id.slice(2)}`;
    context.slack.write(dm, "status", ben.id);
    await until(() => inChannel(dm).length > 0, "the answer");
    expect(inChannel(dm)[0]?.text).toContain("No open incidents: 3 watches");
    context.slack.write(dm, "hi", ben.id);
    await until(() => inChannel(dm).length > 1, "the welcome");
    expect(inChannel(dm)).toHaveLength(2);
  });

  test("a test alert is posted, marked, edited, and its author learns what worked and what did not", async () => {
    const answer = await context.whole("test");
    expect(answer).toContain("The test alert worked");
    expect(answer).toContain("chart drawn and uploaded");
    const [sample] = inChannel("C0ALERTS1");
    expect(sample?.text).toContain("Test alert, nothing happened");
    expect(sample?.before[0]?.text).toContain("down 47%");
    expect(JSON.stringify(sample?.blocks)).not.toContain("incident.");
    expect(sample?.blocks.map(({ type }) => type)).toContain("image");
    context.slack.change("C0ALERTS1", { isMember: false });
    expect(await context.whole("test")).toMatch(/❌ not posted in <#C0ALERTS1>.*invite/);
    context.slack.change("C0ALERTS1", { isMember: true });
    expect(await context.type("test", gus.id)).toContain("Guests");
  });

  test("every event and command was acknowledged", () => {
    expect(context.slack.failures).toEqual([]);
  });
});
