import { afterAll, beforeAll, expect, test } from "vitest";
import { parseCommand } from "../../src/commands/parse.ts";
import { perform } from "../../src/commands/perform.ts";
import { createLog } from "../../src/log.ts";
import { plainAnswer } from "../../src/text/answers/answer.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { anIncident, noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";

const by = "U0ADA0001";
let stage: Stage;
beforeAll(async () => {
  stage = await setStage(noon + 2 * HOUR);
  const { bot, slack } = stage;
  const [ios, android] = watches as [(typeof watches)[0], (typeof watches)[0]];
  await bot.watches.save(ios);
  await bot.watches.save(android);
  await bot.watches.save({
    ...ios,
    id: "ios-new",
    segmentName: "New users",
    series: { ...ios.series, segment: "new" },
  });
  const { ts } = await bot.messenger.post("C0ALERTS1", { text: "an alert", blocks: [] }, { messageId: "a" });
  expect(slack.messages("C0ALERTS1")).toHaveLength(1);
  const open = async (watchId: string, openedAt: number, over: object = {}) =>
    bot.incidents.save(
      anIncident({
        id: `${watchId}.drop@${openedAt}`,
        watchId,
        openedAt,
        lastBucket: openedAt,
        lastAnomalousBucket: openedAt,
        resolvedAt: openedAt + HOUR,
        ...over,
      }),
    );
  await open("ios", noon - 40 * DAY);
  await open("ios", noon - 20 * DAY, { labelled: { label: "false-alarm", by, at: noon } });
  await open("ios-new", noon - 3 * DAY, {
    lastNotified: { severity: "warning", resolved: true, bucket: noon, at: noon, channel: "C0ALERTS1", ts },
  });
  await open("android", noon - DAY, { labelled: { label: "real", by, at: noon } });
  await open("android", noon - 2 * HOUR, { resolvedAt: undefined });
  await open("android", noon - 5 * HOUR, { retracted: noon });
});
afterAll(() => stage.close());

/** The lines that somebody reads at the command line. */
const listed = async (words: string): Promise<string[]> => {
  const actor = { user: "ada", channel: "", terminal: { zone: "UTC", readFile: () => "" } };
  const context = { bot: stage.bot, log: createLog("silent") };
  return plainAnswer(await perform(parseCommand(words), actor, context)).split("\n");
};

test("the incidents of 30 days are listed, newest first, with how much, how long, and their labels", async () => {
  const lines = await listed("incidents");
  expect(lines).toEqual([
    expect.stringMatching(
      /^android down 51% at worst, for 1 hour from Tue 16 Jun 10:00 UTC: about .* fewer sessions {2}· {2}open, not labeled$/,
    ),
    expect.stringMatching(/^android .* {2}· {2}labeled real$/),
    expect.stringMatching(/^ios · New users .* Open the alert \(https?:.*\) {2}· {2}not labeled$/),
    expect.stringMatching(/^ios .* from Wed 27 May 12:00 UTC: .* {2}· {2}labeled false alarm$/),
  ]);
});

test.each([
  ["incidents ios", 2],
  ["incidents new users", 1],
  ["incidents ios-new", 1],
  ["incidents ios false alarm", 1],
  ["incidents ios real", 0],
  ["incidents not labeled", 2],
  ["incidents android not labeled", 1],
  ["incidents 50d", 5],
  ["incidents 2d", 2],
  ["incidents since 50d until 10d", 2],
])("`%s` finds %i", async (words, count) => {
  const lines = await listed(words);
  if (count === 0) expect(lines).toEqual([expect.stringMatching(/^No incidents of ios: labeled real, /)]);
  else expect(lines).toHaveLength(count);
});

test("words of no watch, and times without incidents, are refused with what to do", async () => {
  await expect(listed("incidents andriod")).rejects.toThrow("Did you mean `android`?");
  await expect(listed("incidents since 9999d")).rejects.toThrow("listed for 90 days");
  await expect(listed("incidents since 2099-01-01")).rejects.toThrow("in the future");
  await expect(listed("incidents since 1d until 2d")).rejects.toThrow("ends before it begins");
});
