import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../../../src/cli/watch/main.ts";
import { typedWords } from "../../../src/cli/watch/words.ts";
import { commandOf } from "../../../src/commands/parse.ts";
import { anAppWatch, anIncident, noon } from "../../support/builders.ts";
import { runMain, runProgram, settingsOf } from "../../support/program.ts";
import { KEY, type Stage, setStage } from "../../support/stage.ts";

/** The settings of the watch that a line of options asks for. */
function added(line: string) {
  const command = commandOf(typedWords(line.split(" ")).words);
  return command.commandName === "watch" ? command.settings : undefined;
}

describe("the options of `add`", () => {
  test.each([
    ["--channel C0123456", { channel: "C0123456" }],
    ["--channel C0123456 --app ios --app-name iOS", { app: "ios", appName: "iOS" }],
    ["--channel=C0123456 --segment vip --unit day", { segment: "vip", unit: "day" }],
    ["--channel C0123456 --sensitivity high", { sensitivity: "high" }],
    ["--channel C0123456 --sensitivity 0.5/month", { sensitivity: { alertsPerMonth: 0.5 } }],
    ["--channel C0123456 --direction drop", { direction: "drop" }],
    ["app:ios drop channel:C0123456", { app: "ios", direction: "drop", channel: "C0123456" }],
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
    expect(added(`add ${line}`)).toMatchObject(expected);
  });

  test.each([
    ["--channel C0123456 --sensitivity loud", /must be low, normal, high.*"loud"/],
    ["--channel C0123456 --sensitivity 0/month", /number of false alarms such as 2\/month/],
    ["--channel C0123456 --direction up", /one of drop, spike, both\. You typed "up"/],
    ["--channel C0123456 --unit week", /one of hour, day\. You typed "week"/],
    ["--channel C0123456 --min-change lots", /percentage such as 10%\. You typed "lots"/],
    ["--channel C0123456 --min-sessions -3", /--min-sessions/],
    ["--channel C0123456 --quiet nights", /range of hours such as 22-7.*"nights"/],
    ["--channel C0123456 --quiet-days sat,sun", /need quiet hours\. Add them, for example quiet:22-7/],
    ["--channel C0123456 --quiet 7-7", /range of hours.*"7-7"/],
    ["--channel C0123456 --quiet 22-25", /range of hours.*"22-25"/],
    ["--channel C0123456 --quiet 22-7 --quiet-days weekend", /list of days.*"weekend"/],
    ["--channel C0123456 --colour red", /colour/],
  ])("%s is refused with what is wrong", (line, message) => {
    expect(() => added(`add ${line}`)).toThrow(message);
  });
});

test.each<[string[], object]>([
  [["mute", "ios", "--until", "4h"], { until: { kind: "away", span: 14_400_000 } }],
  [["mute", "ios", "--until", "recovery"], { until: "recovery" }],
  [["mute", "ios", "--until", "2026-06-17"], { until: { minutes: 0 } }],
  [["mute", "--app", "Web shop", "--until", "1d"], { scope: { kind: "app", app: "Web shop" } }],
  [["mute", "--channel", "C0123456"], { scope: { kind: "channel", channel: "C0123456" } }],
  [["mute", "ios", "until", "6pm"], { until: { kind: "at", minutes: 1_080 } }],
  [["mute ios until 6pm"], { scope: { kind: "watch", watch: "ios" }, until: { kind: "at", minutes: 1_080 } }],
  [["edit", "New users", "--sensitivity", "low"], { watch: "New users", settings: { sensitivity: "low" } }],
  [
    ["event", "add", "Black Friday", "--from", "2026-11-27", "--to", "1d"],
    { act: "plan", name: "Black Friday" },
  ],
  [
    ["import", "file.json", "--replace", "--dry-run"],
    { file: "file.json", isReplacing: true, isTrial: true },
  ],
])("%j is the same command as in Slack", (args, command) => {
  expect(commandOf(typedWords(args).words)).toMatchObject(command);
});

describe("npm run watch", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(noon);
  });
  afterAll(() => stage.close());

  const watch = (line: string) => runMain(main, line.split(" "), settingsOf(stage));

  test("adds and lists a watch, refuses a duplicate, and removes it", async () => {
    expect(await watch("list")).toMatchObject({
      status: 0,
      printed: expect.stringContaining("No watches yet. npm run watch -- watch"),
    });
    expect(await watch("add --app ios --app-name iOS --channel C0ALERTS1")).toMatchObject({
      status: 0,
      printed: expect.stringContaining("Done: added the watch ios"),
    });
    expect(await watch("list")).toMatchObject({ status: 0, printed: expect.stringMatching(/^ios iOS · /) });
    expect(await watch("add --app ios --channel C0ALERTS1")).toMatchObject({
      status: 1,
      printed: expect.stringContaining("the watch ios already alerts that channel about iOS"),
    });
    expect(await watch("remove ios")).toMatchObject({
      status: 0,
      printed: expect.stringContaining("Done: removed the watch ios"),
    });
    expect(await watch("remove ios")).toMatchObject({
      status: 1,
      printed: expect.stringContaining('there is no watch "ios"'),
    });
  });

  test("mutes for a while, lists the mutes, and unmutes", async () => {
    await watch("add --app web --app-name Web --channel C0ALERTS1 --quiet 22-7");
    expect(await watch("list")).toMatchObject({ printed: expect.stringContaining("quiet 22:00-07:00") });
    expect(await watch("mutes")).toMatchObject({ printed: "No mutes.\n" });
    expect(await watch("mute --app web --until 4h --by ada")).toMatchObject({ status: 0 });
    expect(await watch("mutes")).toMatchObject({
      status: 0,
      printed: expect.stringMatching(/^🔕 app Web until \S.* UTC, by ada \S.* UTC$/m),
    });
    expect(await watch("mute web")).toMatchObject({
      status: 1,
      printed: expect.stringContaining("has no open incident"),
    });
    expect(await watch("unmute --app web")).toMatchObject({
      printed: expect.stringContaining("Done: removed the mute of app Web"),
    });
    expect(await watch("mutes")).toMatchObject({ printed: "No mutes.\n" });
  });

  test("labels, excludes and plans, and undoes each", async () => {
    const { bot } = stage;
    const incident = anIncident({ id: "tv.drop@2026-06-16T12", watchId: "tv" });
    await bot.watches.save(anAppWatch({ id: "tv", series: { workspace: "main", app: "tv", unit: "hour" } }));
    await bot.incidents.save(incident);
    expect(await watch(`label ${incident.id} expected --by ada`)).toMatchObject({
      printed: expect.stringContaining(`Done: added the label of ${incident.id}`),
    });
    await watch("exclude tv --from 2026-06-15T09:00 --to 2026-06-15T12:00 --by ada");
    const { printed } = await watch("exclusions tv");
    expect(printed.split("\n")).toEqual([
      "2026-06-15T09/2026-06-15T11 neither evaluated nor learned: Mon 15 Jun 09:00 UTC to Mon 15 Jun 12:00 UTC, by ada",
      expect.stringMatching(/^tv\.drop@2026-06-16T12 not learned because of a label: .*, by ada$/),
      "",
    ]);
    await watch("include tv 2026-06-15T09/2026-06-15T11");
    await watch(`label ${incident.id} none`);
    expect(await watch("exclusions tv")).toMatchObject({ printed: "tv has no excluded hours.\n" });

    await watch("event add Sale --from 2099-06-18T18:00 --to 2099-06-18T21:00 --app tv --by ada");
    expect(await watch("event list")).toMatchObject({
      printed: expect.stringMatching(
        /^📅 Sale .*18:00 UTC to .*21:00 UTC, main · .* only {2}· {2}ada, sale@2099/,
      ),
    });
    await watch("event remove sale@2099-06-18T18:00");
    expect(await watch("event list")).toMatchObject({
      printed: expect.stringContaining("No planned events"),
    });
    const changed = (await bot.changes.since(0)).map(({ changed: { kind } }) => kind);
    const feedback = changed.filter((kind) => !["mute", "watch"].includes(kind)).toSorted();
    expect(feedback).toEqual(["event", "event", "exclusion", "exclusion", "label", "label"]);
  });

  test("what Slack shows is shown here, too, and needs no permission", async () => {
    await stage.bot.permissions.set?.({ who: "admins" });
    for (const [line, answer] of [
      ["status", /open incident/],
      ["show web", /Watch web\nWatches: Web/],
      ["why web", /no data has been read for web yet/],
      ["incidents", /^No incidents: .* – .*/],
      ["incidents web not labeled --from 7d", /^No incidents of web: not labeled/],
      ["review", /0 incidents/],
      ["review --from 7d", /incident/],
      ["changes", /ada added the event|added/],
      ["who-can", /may change watches|may be changed by/],
      ["help mute", /npm run watch -- mute WATCH/],
    ] as const)
      expect((await watch(line)).printed, line).toMatch(answer);
  });

  test.each([
    ["label", /which incident\? Name its watch/],
    ["label ios.drop@2026-06-16T12 real", /there is no incident/],
    ["label ios.drop@2026-06-16T12 bad", /"bad" is not a label\. Choose real, expected/],
    ["exclude web", /from when to when/],
    ["include web yesterday", /web has no excluded hours "yesterday"/],
    ["event add Sale --from 2026-06-18", /is not a time range/],
    ["event remove sale", /there is no event "sale"/],
    ["event Sale", /which event, and when/],
    ["add --app no-such-app --channel C0ALERTS1", /app/],
    ["add --app ios", /which channel gets the alerts/],
    ["add --app ios --channel alerts", /"alerts" is not a channel/],
    ["add", /which settings/],
    ["frobnicate", /unknown command "frobnicate"/],
    ["remove", /which watch/],
    ["ack ios.drop@2026-06-16T12", /there is no incident "ios\.drop@2026-06-16T12"/],
    ["audit nothing", /there is no watch "nothing"/],
    ["mute", /what do you want to mute/],
    ["mute here", /no channel here/],
    ["mute web --until someday", /"someday" is not a time\. Examples: 4h/],
    ["mute web someday", /there is web, but "someday" is neither a time nor a setting/],
    ["import", /which file/],
    ["import /no/such/file", /cannot be read \(ENOENT\)/],
  ])("%s fails and says what to do", async (line, message) => {
    const { status, printed } = await watch(line);
    expect(status).toBe(1);
    expect(printed).toMatch(message);
    expect(printed).not.toMatch(/\n {4}at /);
    expect(printed).not.toContain(KEY);
  });

  test("without words, and with --help, every command is listed, the first with status 1", async () => {
    const [lost, helped] = [await runMain(main, [], settingsOf(stage)), await watch("--help")];
    expect([lost.status, helped.status]).toEqual([1, 0]);
    for (const { printed } of [lost, helped]) {
      expect(printed).toContain("npm run watch -- mute WATCH");
      expect(printed).toContain("npm run watch -- import FILE|-");
    }
  });

  test("the program itself prints the answer, and exits with 0, or with 1 when something was wrong", async () => {
    const run = (...args: string[]) =>
      runProgram("src/cli/watch/main.ts", args, { settings: settingsOf(stage) });
    expect(await run("mutes")).toEqual({ status: 0, printed: "No mutes.\n" });
    expect(await run("remove", "nothing")).toMatchObject({
      status: 1,
      printed: expect.stringContaining('there is no watch "nothing"'),
    });
  });
});
