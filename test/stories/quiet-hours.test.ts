import { afterEach, expect, test } from "vitest";
import { acknowledge } from "../../src/pipeline/actions/acknowledge.ts";
import { mute } from "../../src/pipeline/actions/mute.ts";
import { auditOf } from "../../src/pipeline/reports/audit.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
afterEach(() => stage?.close());

const at = (hours: number) => noon + hours * HOUR;
const CHANNEL = "C0ALERTS1";
/** The messages about incidents, without the announcements of mutes. */
const texts = () =>
  stage.slack
    .messages(CHANNEL)
    .map(({ before, text }) => before[0]?.text ?? text)
    .filter((text) => !text.startsWith("✏️"));

/** Passes three quarters of an hour, in which that many messages are there and noted. */
async function post(count: number): Promise<void> {
  const { bot } = stage;
  stage.pass(45 * MINUTE);
  const isPosted = async () => {
    const [incident] = await bot.incidents.live("ios");
    return texts().length === count && incident?.lastNotified?.notifiedAt === stage.now();
  };
  await until(isPosted, `message ${count}`);
}

test("an outage under a mute is posted when the mute ends, reminded of until acknowledged, and fully audited", async () => {
  stage = await setStage(noon, { remindEvery: 4 * HOUR });
  const { bot, braze } = stage;
  const [ios, android] = watches;
  for (const watch of [ios!, android!]) await bot.watches.save(watch);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 12 });
  braze.control.happen({ series: { app: "android" }, kind: "outage", from: at(2), hours: 1 });
  // Both are muted until half an hour after 17:00 was evaluated.
  const scope = { kind: "channel", channel: CHANNEL } as const;
  await mute({ scope, until: at(6.75), by: "ada" }, bot);
  await stage.startWorkers();
  await stage.liveThrough(at(5));
  expect(texts()).toEqual([]);

  await post(1);
  expect(texts()).toEqual([expect.stringMatching(/^(🔴 Critical|🟠 Warning): ios down/)]);

  await stage.liveThrough(at(9));
  expect(texts()).toHaveLength(1);
  await post(2);
  expect(texts()[1]).toMatch(/^🔴 Critical, not acknowledged after .*: ios/);

  const [incident] = await bot.incidents.live("ios");
  await acknowledge(incident!.id, "ada", bot);
  // An edit waits until the message has been left alone for a while.
  stage.pass(MINUTE);
  await stage.liveThrough(at(17));
  expect(texts()).toEqual([
    expect.any(String),
    expect.any(String),
    expect.stringMatching(/^✅ Resolved: ios/),
  ]);

  const audit = await auditOf("ios", at(1), at(6), bot);
  expect(audit.map(({ verdict }) => verdict)).toEqual(["normal", ...Array(5).fill("anomalous")]);
  expect(audit.map(({ decisions }) => decisions.map(({ decision }) => Object.values(decision)[0]))).toEqual([
    [],
    ["muted"],
    ["muted"],
    ["muted"],
    ["muted", "opened"],
    ["updated"],
  ]);
  const [never] = await bot.incidents.since("android", noon);
  expect(never).toMatchObject({ resolvedAt: expect.any(Number) });
  expect(never).not.toHaveProperty("lastNotified");
  expect(await bot.incidents.live("android")).toEqual([]);
});
