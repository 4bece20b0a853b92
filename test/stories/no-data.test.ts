import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answerMessage } from "../../src/adapters/slack/commands/answer.ts";
import { homeView } from "../../src/adapters/slack/views/home-view.ts";
import type { Bot } from "../../src/bot.ts";
import { status } from "../../src/commands/looking.ts";
import { list, show } from "../../src/commands/watching.ts";
import { homeOf } from "../../src/pipeline/reports/home.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { workOnce } from "../support/by-hand.ts";
import { KEY, type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const ALERTS = "C0ALERTS1";
const OPS = "C0OPS0001";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage(noon, { ops: { channel: OPS, dailyStatusAt: 0, zone: "UTC" } });
  for (const watch of watches) await stage.bot.watches.save({ ...watch, createdAt: stage.now() });
  await workOnce(stage.bot);
});
afterEach(() => stage.close());

/** Lets Braze refuse the key, and works minute by minute so long; at 13:15 the hour from 12:00 on was evaluated. */
async function refuseFor(time: number, bot: Bot = stage.bot) {
  stage.braze.control.useKey("another");
  await workFor(time, bot);
}

async function accept() {
  stage.braze.control.useKey(KEY);
  await workFor(10 * MINUTE);
}

async function workFor(time: number, bot: Bot = stage.bot) {
  for (let passed = 0; passed < time; passed += 5 * MINUTE) {
    stage.pass(5 * MINUTE);
    await workOnce(bot);
  }
}

const notices = () => stage.slack.messages(ALERTS).filter(({ text }) => /Braze data/.test(text));

describe("while Braze refuses the key", () => {
  test("an alert channel gets one line after an hour, which is edited when it is over", async () => {
    await refuseFor(HOUR + 55 * MINUTE);
    expect(notices()).toEqual([]);
    await workFor(10 * MINUTE);
    await workFor(3 * HOUR);
    expect(notices().map(({ text }) => text)).toEqual([
      "⚠️ No Braze data since Tue 16 Jun 1 PM UTC – Tidewatch can't alert on newer hours. Details in <#C0OPS0001>.",
    ]);
    await accept();
    await workFor(10 * MINUTE);
    expect(notices()).toMatchObject([
      {
        text: expect.stringMatching(
          /^✅ Braze data again since Tue 16 Jun 6:\d\d PM UTC, 5 missed hours checked/,
        ),
      },
    ]);
    expect(notices()[0]!.before).toHaveLength(1);
    expect(await stage.bot.healthIssues.all()).toEqual([]);
  });

  test("two workers post the line once", async () => {
    await stage.startWorkers();
    await stage.startWorkers();
    stage.braze.control.useKey("another");
    stage.passTo(noon + HOUR);
    await until(async () => (await stage.bot.failures.all()).has("main"), "the refusal to be seen");
    stage.pass(HOUR);
    await until(() => notices().length > 0, "the line to be posted");
    const looks = () => stage.log.filter((line) => line.includes('"event":"health.done"')).length;
    const before = looks();
    await until(() => looks() >= before + 4, "four more looks");
    expect(notices()).toHaveLength(1);
  });

  test("after a crash between the post and its record, the line is not posted again", async () => {
    const healthIssues: Bot["healthIssues"] = {
      ...stage.bot.healthIssues,
      async update(id, change) {
        return stage.bot.healthIssues.update(id, (stored) => {
          const changed = change(stored);
          if (changed?.kind === "no-data" && changed.lastNotified) throw new Error("the process ends here");
          return changed;
        });
      },
    };
    const crashing = { ...stage.bot, healthIssues };
    stage.braze.control.useKey("another");
    stage.passTo(noon + 3 * HOUR);
    await expect(workOnce(crashing)).rejects.toThrow("the process ends here");
    await workFor(HOUR);
    expect(notices()).toHaveLength(1);
  });

  test("a channel that is closed meanwhile gets the line when it is open again", async () => {
    stage.slack.change(ALERTS, { isArchived: true });
    await refuseFor(3 * HOUR);
    expect(notices()).toEqual([]);
    stage.slack.change(ALERTS, { isArchived: false });
    await workFor(10 * MINUTE);
    expect(notices()).toHaveLength(1);
  });

  test("a muted channel gets the line when the mute ends, and none if there is data by then", async () => {
    const mute = { scope: { kind: "channel", channel: ALERTS }, by: "ada", at: noon, incidents: [] } as const;
    await stage.bot.mutes.save({ ...mute, until: stage.now() + 4 * HOUR });
    await refuseFor(3 * HOUR);
    expect(notices()).toEqual([]);
    await workFor(HOUR + 10 * MINUTE);
    expect(notices()).toHaveLength(1);
  });

  test("neither the dashboard nor a command says that all is well", async () => {
    await refuseFor(70 * MINUTE);
    const home = JSON.stringify(homeView(await homeOf(0, stage.bot)));
    expect(home).toContain("⚠️ Monitoring paused: can't read Braze (invalid key)");
    expect(home).toContain("⚪ no data since <!date^");
    expect(home).not.toMatch(/🟢|🌊/);
    const request = { bot: stage.bot } as Parameters<typeof list.run>[1];
    const answers = [
      await list.run({}, request),
      await show.run({ watch: "ios" }, request),
      await status.run({}, request),
    ];
    for (const answer of answers)
      expect(JSON.stringify(answerMessage(answer))).toContain("no data since <!date^");
    expect(answerMessage(answers[2]!).text).toContain("Monitoring paused");
  });

  test("a channel whose watches were removed meanwhile is not said to have data again", async () => {
    await refuseFor(3 * HOUR);
    for (const watch of watches) await stage.bot.watches.remove(watch.id);
    await workFor(10 * MINUTE);
    expect(notices().map(({ text }) => text)).toEqual([
      "⚪ No Braze data since Tue 16 Jun 1 PM UTC. No watch posts here any more.",
    ]);
  });
});

test("a channel of which one series alone has no data gets no line", async () => {
  stage.braze.control.fail({ kind: "unknown-id", series: { app: "ios" } });
  await workFor(4 * HOUR);
  expect(notices()).toEqual([]);
});
