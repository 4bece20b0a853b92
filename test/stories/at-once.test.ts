import { afterEach, expect, test } from "vitest";
import { ben } from "../../simulator/slack/people.ts";
import { main } from "../../src/cli/watch/main.ts";
import { acknowledge } from "../../src/pipeline/actions/acknowledge.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { defaultPace } from "../../workers/runner.ts";
import { noon } from "../support/builders.ts";
import { runMain, settingsOf } from "../support/program.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
afterEach(() => stage?.close());

const CHANNEL = "C0ALERTS1";
const alert = () =>
  stage.slack
    .messages(CHANNEL)
    .find(({ text, threadTs }) => threadTs === undefined && /(Critical|Warning): ios/.test(text));
const shown = () => JSON.stringify(alert()?.blocks);
const openOf = async (watch: string) =>
  (await stage.bot.incidents.live(watch)).find(({ resolvedAt }) => resolvedAt === undefined)!;

/** An outage of iOS that was posted. */
async function setOutage(): Promise<void> {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + HOUR, hours: 30 });
}

test("an acknowledgement that arrives while an alert group is being finished is shown before the next hour", async () => {
  await setOutage();
  // Between what notify has read and what it takes off the outbox.
  const { rechecks } = stage.bot;
  const save = rechecks.save;
  let pressed: string | undefined;
  Object.assign(rechecks, {
    async save(...appointments: Parameters<typeof save>) {
      await save(...appointments);
      const incident = pressed ? undefined : await openOf("ios");
      if (!incident?.lastNotified) return;
      pressed = incident.id;
      await acknowledge(incident.id, ben.id, stage.bot);
    },
  });
  await stage.startWorkers();
  await stage.liveThrough(noon);
  stage.passTo(noon + HOUR);
  await until(() => pressed !== undefined, "somebody to press Acknowledge");
  stage.pass(MINUTE);
  await until(() => /cknowledged by/.test(shown()), "the acknowledgement to be shown");
});

// Those who wait for something see it long before the next tick, which comes once a minute, and what is gathered then.
const AT_ONCE = 10_000;

test("a person's action is shown at once at the product's own pace, from Slack and from the command line", async () => {
  await setOutage();
  const hurried = await stage.startWorkers();
  await stage.liveThrough(noon + HOUR);
  await until(() => alert() !== undefined, "the alert");
  await hurried.stop();
  await stage.startConsole(defaultPace);
  const { id } = await openOf("ios");

  const type = async (words: string) => {
    const outcome = await stage.slack.command(`/tidewatch ${words}`, { user: ben.id, channel: CHANNEL });
    await until(() => outcome.responses.length > 0, `the answer to ${words}`);
    return JSON.stringify(outcome.responses);
  };
  const run = async (...words: string[]) => {
    const { status, printed } = await runMain(main, [...words, "--by", "Ada"], settingsOf(stage));
    expect(printed).not.toMatch(/error/i);
    expect(status).toBe(0);
  };
  const isShown = async (act: () => Promise<unknown>, text: RegExp, isThere = true) => {
    await act();
    await until(() => text.test(shown()) === isThere, `${text} to be shown: ${isThere}`, AT_ONCE);
  };
  const isNotified = async (act: () => Promise<unknown>, text: RegExp) => {
    const before = stage.slack.messages(CHANNEL).length;
    await act();
    const isNew = () => text.test(JSON.stringify(stage.slack.messages(CHANNEL).slice(before)));
    await until(isNew, `${text} to be told`, AT_ONCE);
  };
  const press = (actionId: string) =>
    stage.slack.click({ channel: CHANNEL, ts: alert()!.ts }, actionId, { user: ben.id });

  await until(() => stage.slack.app.sockets.count() > 0, "the console to be connected to Slack");
  await isShown(() => type(`ack ${id}`), /cknowledged by/);
  await isShown(() => press("incident.unacknowledge"), /cknowledged by/, false);
  await isShown(() => run("ack", id), /cknowledged by Ada/);
  await isNotified(() => type(`label ${id} real`), /real/i);
  await isNotified(() => run("label", id, "expected"), /expected/i);
  await isNotified(() => run("label", id, "none"), /label/i);
  await isShown(() => run("mute", "ios", "--until", "4h"), /[Mm]uted until.*Ada/);
  await isShown(() => run("unmute", "ios"), /[Mm]uted until/, false);
}, 120_000);
