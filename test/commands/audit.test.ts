import { afterAll, beforeAll, expect, test } from "vitest";
import { parseCommand } from "../../src/commands/parse.ts";
import { perform } from "../../src/commands/perform.ts";
import { createLog } from "../../src/log.ts";
import { plainAnswer } from "../../src/text/answers/answer.ts";
import { HOUR } from "../../src/time/time.ts";
import { anAppWatch, anomalous, noon } from "../support/builders.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  // The clock stands at a quarter past three.
  stage = await setStage(noon + 2 * HOUR);
  const { bot } = stage;
  const { series, ...ios } = anAppWatch({ id: "ios" });
  await bot.watches.save({ ...ios, series });
  await bot.watches.save({ ...ios, id: "calm", series });
  await bot.watches.save({ ...ios, id: "days", series: { ...series, unit: "day" } });
  const anomaly = anomalous(noon);
  await bot.journal.record("ios", [
    { bucket: noon - HOUR, verdict: "normal" },
    { bucket: noon, verdict: "anomalous" },
  ]);
  await bot.audit.recordVerdicts("ios", noon, noon, anomaly.kind === "anomalous" ? [anomaly] : []);
});
afterAll(() => stage.close());

/** The lines that somebody reads at the command line. */
const audited = async (words: string, zone = "UTC"): Promise<string[]> => {
  const actor = { user: "ada", channel: "", terminal: { zone, readFile: () => "" } };
  const context = { bot: stage.bot, log: createLog("silent") };
  return plainAnswer(await perform(parseCommand(`audit ${words}`), actor, context)).split("\n");
};

test("an anomalous hour is listed with its numbers, the newest hour first", async () => {
  expect(await audited("ios since 2026-06-16T11:00")).toEqual([
    "Tue 16 Jun 14:00 UTC not evaluated",
    "Tue 16 Jun 13:00 UTC not evaluated",
    expect.stringMatching(
      /^Tue 16 Jun 12:00 UTC anomalous: warning drop, 610 sessions, expected 1,105–1,382, anomaly score /,
    ),
    "Tue 16 Jun 11:00 UTC normal",
  ]);
});

test("normal hours in a row are one line, so that what matters is seen", async () => {
  const day = noon - 36 * HOUR;
  const entries = Array.from(
    { length: 14 },
    (_, i) => ({ bucket: day + i * HOUR, verdict: "normal" }) as const,
  );
  await stage.bot.journal.record("calm", entries);
  expect(await audited("calm since 2026-06-14T23:00 until 2026-06-15T14:00")).toEqual([
    "Mon 15 Jun 14:00 UTC not evaluated",
    "Mon 15 Jun 00:00 UTC – Mon 15 Jun 13:00 UTC: 14 hours normal",
    "Sun 14 Jun 23:00 UTC not evaluated",
  ]);
});

test("without times the newest 24 hours are listed, and never one that is still to come", async () => {
  const lines = await audited("ios");
  expect(lines).toHaveLength(24);
  expect(lines[0]).toBe("Tue 16 Jun 14:00 UTC not evaluated");
  expect(await audited("ios since 2h until 2099-01-01")).toHaveLength(2);
});

test("a list that is too long for a message of Slack is whole at the command line", async () => {
  expect(await audited("ios since 80d until 1d")).toHaveLength(79 * 24 + 1);
});

test("a date lists exactly that day in every time zone", async () => {
  for (const zone of ["Europe/Berlin", "Asia/Kolkata", "America/New_York"])
    expect(await audited("days since 2026-06-14 until 2026-06-15", zone)).toEqual([
      "Mon 15 Jun not evaluated",
      "Sun 14 Jun not evaluated",
    ]);
});

test("a start after the end, or before all that is kept, is refused", async () => {
  await expect(audited("ios since 1h until 9h")).rejects.toThrow("that ends before it begins");
  await expect(audited("ios since 2099-01-01")).rejects.toThrow("this time is in the future");
  expect((await audited("ios since 90d until 89d")).at(-1)).toMatch(/^Wed 18 Mar/);
  await expect(audited("ios since 9999d")).rejects.toThrow(/goes back 90 days/);
});
