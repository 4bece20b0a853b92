import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseWatchArgs, watchRequest } from "../../../src/cli/watch/options.ts";
import { anAppWatch, anIncident, noon } from "../../builders.ts";
import { runProgram, settingsOf } from "../../program.ts";
import { KEY, type Stage, setStage } from "../../stage.ts";

const request = (line: string) => watchRequest(parseWatchArgs(line.split(" ")).values, [{ name: "main" }]);

describe("the options of `add`", () => {
  test.each([
    ["--channel C0123456", { channel: "C0123456", unit: "hour" }],
    ["--channel C0123456 --app ios --app-name iOS", { app: "ios", appName: "iOS" }],
    ["--channel C0123456 --segment vip --unit day", { segment: "vip", unit: "day" }],
    ["--channel C0123456 --sensitivity high", { sensitivity: "high" }],
    ["--channel C0123456 --sensitivity 0.5/month", { sensitivity: { alertsPerMonth: 0.5 } }],
    ["--channel C0123456 --direction drop", { direction: "drop" }],
    [
      "--channel C0123456 --min-change 25% --min-sessions 40",
      { minRelativeChange: 0.25, minAbsoluteChange: 40 },
    ],
    ["--channel C0123456 --quiet 22-7", { quiet: { from: 1_320, to: 420, critical: false } }],
    [
      "--channel C0123456 --quiet 22:30-07:15 --quiet-days fri-mon,wed --quiet-critical",
      { quiet: { from: 1_350, to: 435, days: [0, 2, 4, 5, 6], critical: true } },
    ],
    [
      "--channel C0123456 --quiet 0-24 --quiet-days sat,sun",
      { quiet: { from: 0, to: 1_440, days: [5, 6], critical: false } },
    ],
  ])("%s is understood", (line, expected) => {
    expect(request(`add ${line}`)).toMatchObject(expected);
  });

  test.each([
    ["", /--channel is missing/],
    ["--channel C0123456 --sensitivity loud", /low, normal, high.*loud/],
    ["--channel C0123456 --sensitivity 0/month", /false alarms such as 1\/month/],
    ["--channel C0123456 --direction up", /one of drop, spike, both.*up/],
    ["--channel C0123456 --unit week", /one of hour, day.*week/],
    ["--channel C0123456 --min-change lots", /percentage such as 10%.*lots/],
    ["--channel C0123456 --min-sessions -3", /--min-sessions/],
    ["--channel C0123456 --quiet nights", /range of hours such as 22-7.*nights/],
    ["--channel C0123456 --quiet-days sat,sun", /--quiet is missing/],
    ["--channel C0123456 --quiet 7-7", /range of hours.*7-7/],
    ["--channel C0123456 --quiet 22-25", /range of hours.*22-25/],
    ["--channel C0123456 --quiet 22-7 --quiet-days weekend", /list of days.*weekend/],
    ["--channel C0123456 --colour red", /colour/],
  ])("%s is refused with what is wrong", (line, message) => {
    expect(() => request(`add ${line}`.trim())).toThrow(message);
  });
});

describe("npm run watch", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(noon);
  });
  afterAll(() => stage.close());

  const watch = (line: string) =>
    runProgram("src/cli/watch/main.ts", line.split(" "), { settings: settingsOf(stage) });

  test("adds and lists a watch, refuses a duplicate, and removes it", async () => {
    expect(await watch("list")).toMatchObject({
      status: 0,
      printed: expect.stringContaining("no watches yet"),
    });
    expect(await watch("add --app ios --app-name iOS --channel C0ALERTS1")).toMatchObject({
      status: 0,
      printed: expect.stringContaining("added ios"),
    });
    expect(await watch("list")).toMatchObject({ status: 0, printed: expect.stringMatching(/^ios +iOS/) });
    expect(await watch("add --app ios --channel C0ALERTS1")).toMatchObject({
      status: 1,
      printed: expect.stringContaining("the watch ios already alerts that channel about iOS"),
    });
    expect(await watch("remove ios")).toMatchObject({
      status: 0,
      printed: expect.stringContaining("removed ios"),
    });
    expect(await watch("remove ios")).toMatchObject({
      status: 1,
      printed: expect.stringContaining('there is no watch "ios"'),
    });
  });

  test("mutes for a while, lists the mutes, and unmutes", async () => {
    await watch("add --app web --app-name Web --channel C0ALERTS1 --quiet 22-7");
    expect(await watch("list")).toMatchObject({ printed: expect.stringContaining("quiet 22:00-07:00") });
    expect(await watch("mutes")).toMatchObject({ printed: "no mutes\n" });
    expect(await watch("mute --app web --until 4h --by ada")).toMatchObject({ status: 0 });
    expect(await watch("mutes")).toMatchObject({
      status: 0,
      printed: expect.stringMatching(/^app main\.web {2}until \S+Z {2}by ada {2}since \S+Z$/m),
    });
    expect(await watch("mute web")).toMatchObject({
      status: 1,
      printed: expect.stringContaining("has no open incident"),
    });
    expect(await watch("unmute --app web")).toMatchObject({ printed: "unmuted app main.web\n" });
    expect(await watch("mutes")).toMatchObject({ printed: "no mutes\n" });
  });

  test("labels, excludes and plans, and undoes each", async () => {
    const { bot } = stage;
    const incident = anIncident({ id: "tv.drop@2026-06-16T12", watchId: "tv" });
    await bot.watches.save(anAppWatch({ id: "tv", series: { workspace: "main", app: "tv", unit: "hour" } }));
    await bot.incidents.save(incident);
    expect(await watch(`label ${incident.id} expected --by ada`)).toMatchObject({
      printed: `labelled ${incident.id} expected\n`,
    });
    await watch("exclude tv --from 2026-06-15T09:00 --to 2026-06-15T12:00 --by ada");
    const { printed } = await watch("exclusions tv");
    expect(printed.split("\n")).toEqual([
      expect.stringMatching(
        /^2026-06-15T09\/2026-06-15T11 {2}neither evaluated nor learned {2}2026-06-15T09:00Z to 2026-06-15T12:00Z {2}by ada /,
      ),
      expect.stringMatching(/^tv\.drop@2026-06-16T12 {2}not learned because of a label .* by ada /),
      "",
    ]);
    await watch("include tv 2026-06-15T09/2026-06-15T11");
    await watch(`label ${incident.id} none`);
    expect(await watch("exclusions tv")).toMatchObject({ printed: "tv has no excluded hours\n" });

    await watch("event add Sale --from 2026-06-18T18:00 --to 2026-06-18T21:00 --app tv --by ada");
    expect(await watch("event list")).toMatchObject({
      printed: "sale@2026-06-18T18:00  Sale  2026-06-18T18:00Z to 2026-06-18T21:00Z  main.tv  by ada\n",
    });
    await watch("event remove sale@2026-06-18T18:00");
    expect(await watch("event list")).toMatchObject({ printed: "no planned events\n" });
    const changed = (await bot.changes.since(0)).map(({ changed: { kind } }) => kind);
    const feedback = changed.filter((kind) => !["mute", "watch"].includes(kind)).toSorted();
    expect(feedback).toEqual(["event", "event", "exclusion", "exclusion", "label", "label"]);
  });

  test.each([
    ["label", /which incident\?/],
    ["label ios.drop@2026-06-16T12 real", /there is no incident/],
    ["label ios.drop@2026-06-16T12 bad", /"bad" is not a label. Use one of real, expected/],
    ["exclude web", /exclude which watch, --from when/],
    ["include web yesterday", /web has no excluded hours "yesterday"/],
    ["event add Sale --from 2026-06-18", /needs a name, --from and --to/],
    ["event remove sale", /there is no event "sale"/],
    ["event", /event add, list or remove/],
    ["add --app no-such-app --channel C0ALERTS1", /app/],
    ["add --app all --channel C0ALERTS1", /"all" is not a Braze app id/],
    ["add --app ios --channel alerts", /"alerts" is not a Slack channel id/],
    ["frobnicate", /unknown command "frobnicate"/],
    ["remove", /which watch/],
    ["ack ios.drop@2026-06-16T12", /there is no incident "ios\.drop@2026-06-16T12"/],
    ["audit nothing", /unknown watch/],
    ["mute", /name one watch, --app or --channel/],
    ["mute ios --until someday", /someday is neither a duration such as 4h/],
  ])("%s fails and says what to do", async (line, message) => {
    const { status, printed } = await watch(line);
    expect(status).toBe(1);
    expect(printed).toMatch(message);
    expect(printed).not.toMatch(/\n {4}at /);
    expect(printed).not.toContain(KEY);
  });
});
