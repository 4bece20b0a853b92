import { afterEach, describe, expect, test } from "vitest";
import { localTime } from "../../src/adapters/slack/blocks/when.ts";
import { type Clockwork, instantOf } from "../../src/commands/grammar/moment.ts";
import { boundsOf, type Period } from "../../src/commands/grammar/period.ts";
import { quoted, words } from "../../src/commands/grammar/words.ts";
import { parseCommand, printCommand } from "../../src/commands/parse.ts";
import { InputError } from "../../src/errors.ts";
import { plainWhen } from "../../src/text/times.ts";

// A Tuesday, 14:00 in Berlin.
const now = Date.UTC(2026, 5, 16, 12);
const berlin = { now, zone: "Europe/Berlin" } as const;

/** An instant by the clock of Berlin in summer. */
const shown = (instant: number): string =>
  new Date(instant + 7_200_000).toISOString().slice(0, 16).replace("T", " ");

/** The instant that a command names, read again after it was written. */
function instantIn(text: string, clockwork: Clockwork, otherwise = 0): number {
  const command = parseCommand(text);
  expect(parseCommand(printCommand(command))).toEqual(command);
  const moment = "until" in command ? command.until : "at" in command ? command.at : undefined;
  if (!moment || moment === "recovery") throw new Error(`"${text}" names no time`);
  return instantOf(moment, otherwise, clockwork);
}

const mutedUntil = (text: string): string =>
  shown(instantIn(`mute ios ${text}`, { ...berlin, toward: "future" }, 9 * 60));
const asked = (text: string): string => shown(instantIn(`why ios ${text}`, { ...berlin, toward: "past" }));

describe("the words of free text", () => {
  test.each([
    ["name:Women's segment:Kid's spike", ["name:Women's", "segment:Kid's", "spike"]],
    ["name:Women’s segment:Kid’s", ["name:Women’s", "segment:Kid’s"]],
    ["Kids' week", ["Kids'", "week"]],
    ["'90s night", ["'90s", "night"]],
    ["Rock 'n' roll", ["Rock", "'n'", "roll"]],
    ["'New users' drop", ["New users", "drop"]],
    ["‘New users’ drop", ["New users", "drop"]],
    ["“New users” drop", ["New users", "drop"]],
    ["„New users“ drop", ["New users", "drop"]],
    ["„New users” drop", ["New users", "drop"]],
    ["‚New users‘ drop", ["New users", "drop"]],
    ["«New users» drop", ["New users", "drop"]],
    ["«\u00a0New users\u00a0» drop", ["New users", "drop"]],
    ["»New users« drop", ["New users", "drop"]],
    ["`ios` drop", ["ios", "drop"]],
    ["'Kid's club' drop", ["Kid's club", "drop"]],
    ["segment:'Kid's club' drop", ["segment:Kid's club", "drop"]],
    ["segment:‘Kid’s club’ drop", ["segment:Kid’s club", "drop"]],
    ['segment:"5\' or 6"" tall" drop', ["segment:5' or 6\" tall", "drop"]],
    ['segment:"New users", drop', ["segment:New users", "drop"]],
    ["mute\u00a0ios\u202f4h\u3000now", ["mute", "ios", "4h", "now"]],
    ["\u200bmute ios\u2060", ["mute", "ios"]],
    ["name:<http://Example.com|Example.com>", ["name:Example.com"]],
    ["name:<mailto:a@b.example|a@b.example>", ["name:a@b.example"]],
    ['"R&amp;D &lt;3" drop', ["R&D <3", "drop"]],
    ["<#C0123456789|alerts> <@U0123456789|ada>", ["C0123456789", "U0123456789"]],
    ["runbook:<http://wiki.example|wiki.example>", ["runbook:http://wiki.example"]],
    [`why ios ${localTime(now)}`, ["why", "ios", "Tue", "16", "Jun", "12:00", "UTC"]],
  ])("`%s` is split into its words", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test("a missing closing quotation mark is reported, not guessed", () => {
    expect(() => words('segment:"New users drop')).toThrow(InputError);
    expect(() => words('segment:"New users drop')).toThrow(/quotation mark before New users drop/);
  });

  test.each(['"', '""', 'a" b', '" ”', "'", "'a'", "it's", "‘a’", "«a»", "a:b", "\u200bx", "", "  "])(
    "the name %j is read back as it was written",
    (name) => {
      expect(words(quoted(name))).toEqual([name]);
      expect(words(`segment:${quoted(name)}`)).toEqual([`segment:${name}`]);
    },
  );
});

describe("a mute", () => {
  const saved = process.env.TZ;
  afterEach(() => {
    if (saved === undefined) delete process.env.TZ;
    else process.env.TZ = saved;
  });

  test.each([
    ["5pm", "2026-06-16 17:00"],
    ["5 PM", "2026-06-16 17:00"],
    ["5 p.m.", "2026-06-16 17:00"],
    ["5.30pm", "2026-06-16 17:30"],
    ["until 5:30\u202fPM", "2026-06-16 17:30"],
    ["until 17h", "2026-06-16 17:00"],
    ["17h30", "2026-06-16 17:30"],
    ["until 17.30", "2026-06-16 17:30"],
    ["until 18", "2026-06-16 18:00"],
    ["till 18:00", "2026-06-16 18:00"],
    ["til 18:00", "2026-06-16 18:00"],
    ["through 18:00", "2026-06-16 18:00"],
    ["noon", "2026-06-17 12:00"],
    ["until midnight", "2026-06-17 00:00"],
    ["12am", "2026-06-17 00:00"],
    ["9 o'clock", "2026-06-17 09:00"],
    ["90m", "2026-06-16 15:30"],
    ["90 min", "2026-06-16 15:30"],
    ["1h30m", "2026-06-16 15:30"],
    ["1h 30m", "2026-06-16 15:30"],
    ["1.5h", "2026-06-16 15:30"],
    ["1,5h", "2026-06-16 15:30"],
    ["1½h", "2026-06-16 15:30"],
    ["an hour and a half", "2026-06-16 15:30"],
    ["2 hours", "2026-06-16 16:00"],
    ["for two hours", "2026-06-16 16:00"],
    ["in 2 hrs", "2026-06-16 16:00"],
    ["an hour", "2026-06-16 15:00"],
    ["half an hour", "2026-06-16 14:30"],
    ["1 hour and 30 minutes", "2026-06-16 15:30"],
    ["a day", "2026-06-17 14:00"],
    ["3 days", "2026-06-19 14:00"],
    ["a week", "2026-06-23 14:00"],
    ["17h", "2026-06-17 07:00"],
    ["tomorrow", "2026-06-17 09:00"],
    ["tomorrow at 9", "2026-06-17 09:00"],
    ["9am tomorrow", "2026-06-17 09:00"],
    ["the day after tomorrow 9:00", "2026-06-18 09:00"],
    ["next monday", "2026-06-22 09:00"],
    ["next thursday", "2026-06-25 09:00"],
    ["monday next week", "2026-06-22 09:00"],
    ["monday 9am", "2026-06-22 09:00"],
    ["on monday at 9", "2026-06-22 09:00"],
    ["Jul 3", "2026-07-03 09:00"],
    ["the 3rd of July", "2026-07-03 09:00"],
    ["3 July 2026", "2026-07-03 09:00"],
    ["Friday, July 3rd, 2026 at 9:00 AM", "2026-07-03 09:00"],
    ["5pm on Jul 3", "2026-07-03 17:00"],
    ["03.07.2026 10:00", "2026-07-03 10:00"],
    ["13/7/2026", "2026-07-13 09:00"],
    ["2026-07-03T10:00", "2026-07-03 10:00"],
    ["2026-07-03T10:00Z", "2026-07-03 12:00"],
    ["2026-07-03T10:00:00.000Z", "2026-07-03 12:00"],
    ["2026-07-03T10:00+05:30", "2026-07-03 06:30"],
    ["16:00 UTC", "2026-06-16 18:00"],
    ["4pm UTC+2", "2026-06-16 16:00"],
    ["Aug 29 9:00", "2026-08-29 09:00"],
  ])("`%s` lasts until %s in Berlin", (text, expected) => {
    // The machine's own zone is nobody's.
    for (const zone of ["UTC", "America/New_York", "Pacific/Auckland"]) {
      process.env.TZ = zone;
      expect(mutedUntil(text)).toBe(expected);
    }
  });

  test.each([
    ["2", /"2" can mean 2h or 2m or 02:00/],
    ["for 2", /"2" can mean 2h/],
    ["until 2", /"2" can mean 02:00 or 2pm/],
    ["until 4h", /can mean for 4h or until 04:00/],
    ["1h30", /can mean 1h30m or until 01:30/],
    ["3/7/2026", /can mean 2026-03-07 or 2026-07-03/],
    ["Jun 1", /can mean 2026-06-01 or 2027-06-01/],
    ["Mon 3 July 2026", /2026-07-03 is a Friday, not a Monday/],
    ["tomorrow midnight", /the beginning or the end of the day/],
  ])("with two meanings, such as `%s`, asks which one is meant", (text, question) => {
    expect(() => mutedUntil(text)).toThrow(question);
    expect(() => mutedUntil(text)).toThrow(InputError);
  });

  test.each(["2 hours ago", "-4h", "for -1 d"])("`%s` is refused because it lies in the past", (text) => {
    expect(() => mutedUntil(text)).toThrow(/is in the past\. Examples/);
  });

  test.each(["13pm", "Feb 30", "31 June", "25:00", "9:60", "9am EST", "tonight", "90 seconds", "may"])(
    "`%s` is not a time",
    (text) => {
      expect(() => mutedUntil(text)).toThrow(/is not a time\. Examples/);
    },
  );

  test.each([
    ["mute Women's app 2 hours", "Women's app"],
    ["mute 'Kid's club' until 5pm", "Kid's club"],
    ["mute “9 to 5” tomorrow", "9 to 5"],
    ["mute watch:ios 90 min", "ios"],
    ["mute Women's app", "Women's app"],
    ["mute New users until it recovers", "New users"],
    ["mute ios someday", "ios someday"],
    ["unmute New users", "New users"],
  ])("`%s` covers %s", (text, watch) => {
    expect(parseCommand(text)).toMatchObject({ scope: { kind: "watch", watch } });
  });
});

describe("a name of several words", () => {
  test.each<[string, string, object]>([
    ["show New users", "New users", {}],
    ["remove New users", "New users", {}],
    ["edit New users", "New users", {}],
    ["edit New users sensitivity:high", "New users", { settings: { sensitivity: "high" } }],
    [
      "edit Women’s app drop #alerts".replace("#alerts", "C0ALERTS1"),
      "Women’s app",
      { settings: { direction: "drop", channel: "C0ALERTS1" } },
    ],
    ['edit "Drop drop" drop', "Drop drop", { settings: { direction: "drop" } }],
    ["preview New users spike", "New users", { settings: { direction: "spike" } }],
    ["why New users", "New users", {}],
    ["audit New users", "New users", {}],
    ["exclusions New users", "New users", {}],
    [
      "include New users 2026-11-24T18/2026-11-24T20",
      "New users",
      { exclusion: "2026-11-24T18/2026-11-24T20" },
    ],
    ["changes New users", "New users", {}],
  ])("needs no quotes in `%s`: it is %s", (text, watch, rest) => {
    const command = parseCommand(text);
    expect(command).toMatchObject({ watch, ...rest });
    expect(parseCommand(printCommand(command))).toEqual(command);
  });

  test.each([
    [
      "watch app:Web shop segment:New users drop",
      { app: "Web shop", segment: "New users", direction: "drop" },
    ],
    ["watch name: Web shop unit:day", { appName: "Web shop", unit: "day" }],
    ['watch segment:"New users" app:ios', { segment: "New users", app: "ios" }],
  ])("needs no quotes as a value in `%s`", (text, settings) => {
    expect(parseCommand(text)).toEqual({ commandName: "watch", settings });
  });

  test.each([
    ['watch segment:"New users" more', /"more" is not a setting/],
    ["watch sensitivity:very high", /"high" is not a setting/],
    ['show "New users" more', /unexpected "more"/],
    ["event remove", /which event\?/],
    ["mute ios workspace:eu", /workspace: only goes with app:/],
  ])("ends with its quotes: `%s` is refused", (text, why) => {
    expect(() => parseCommand(text)).toThrow(why);
  });

  test("is also that of an event, an app and a label", () => {
    expect(parseCommand("event remove Summer sale")).toMatchObject({ act: "remove", event: "Summer sale" });
    expect(parseCommand("mute app:Web shop workspace:eu 4h")).toMatchObject({
      scope: { kind: "app", app: "Web shop", workspace: "eu" },
    });
    expect(parseCommand("label ios.drop@2026-06-16T12 false alarm")).toMatchObject({ label: "false-alarm" });
  });
});

describe("a range of time that an audit, a review or an exclusion takes", () => {
  test.each([
    ["since 7d until 1d", "2026-06-09 14:00", "2026-06-15 14:00"],
    ["from 7d to 1d", "2026-06-09 14:00", "2026-06-15 14:00"],
    ["yesterday", "2026-06-15 00:00", undefined],
    ["since yesterday", "2026-06-15 00:00", undefined],
    ["until yesterday 9:00", undefined, "2026-06-15 09:00"],
    ["2026-06-10 18:00-21:00", "2026-06-10 18:00", "2026-06-10 21:00"],
    ["since 2026-06-10 until 2026-06-11T08:00Z", "2026-06-10 00:00", "2026-06-11 10:00"],
  ])("`%s` is from %s to %s", (text, ...expected) => {
    const command = parseCommand(`audit ios ${text}`);
    expect(parseCommand(printCommand(command))).toEqual(command);
    const { period = {} } = command as { period?: Period };
    const bounds = boundsOf(period, { ...berlin, toward: "past" });
    expect(bounds.map((instant) => instant && shown(instant))).toEqual(expected);
  });
});

describe("a time that a message shows", () => {
  test.each([
    ["9 AM", "2026-06-16 09:00"],
    ["3 PM", "2026-06-15 15:00"],
    ["at 9", "2026-06-16 09:00"],
    ["today at 9:00 AM", "2026-06-16 09:00"],
    ["Today at 9:00\u202fAM", "2026-06-16 09:00"],
    ["yesterday at 2:00 PM", "2026-06-15 14:00"],
    ["Jun 16th at 9:00 AM", "2026-06-16 09:00"],
    ["Jun 16, 2026 at 9:00 AM", "2026-06-16 09:00"],
    ["Sun 10 May 08:00", "2026-05-10 08:00"],
    [plainWhen(now - 3_600_000, "hour"), "2026-06-16 13:00"],
    [localTime(now - 3_600_000), "2026-06-16 13:00"],
    [plainWhen(Date.UTC(2026, 5, 15), "day"), "2026-06-15 00:00"],
    ["2 hours ago", "2026-06-16 12:00"],
    ["5h", "2026-06-16 09:00"],
    ["last friday 5pm", "2026-06-12 17:00"],
    ["yesterday 2pm", "2026-06-15 14:00"],
  ])("can be typed back: `%s` is %s in Berlin", (text, expected) => {
    expect(asked(text)).toBe(expected);
  });
});

describe("a change of the clock in New York", () => {
  const at = (text: string, time: string, toward: "future" | "past") =>
    new Date(
      instantIn(`${toward === "future" ? "mute" : "why"} ios ${text}`, {
        now: Date.parse(time),
        zone: "America/New_York",
        toward,
      }),
    ).toISOString();

  test.each([
    [
      "the hour that comes twice, before it",
      "1:30",
      "2026-11-01T04:00Z",
      "future",
      "2026-11-01T05:30:00.000Z",
    ],
    ["the same, between the two", "1:30", "2026-11-01T05:45Z", "future", "2026-11-01T06:30:00.000Z"],
    ["the same, looked back at", "1:30", "2026-11-01T12:00Z", "past", "2026-11-01T06:30:00.000Z"],
    ["the hour that is left out", "2:30am", "2026-03-08T05:00Z", "future", "2026-03-08T07:30:00.000Z"],
    ["a day later by the clock", "tomorrow 9am", "2026-03-07T14:00Z", "future", "2026-03-08T13:00:00.000Z"],
    ["24 hours later", "24h", "2026-03-07T14:00Z", "future", "2026-03-08T14:00:00.000Z"],
  ] as const)("%s: `%s` at %s toward the %s is %s", (_, text, time, toward, expected) => {
    expect(at(text, time, toward)).toBe(expected);
  });
});

describe("an event", () => {
  const planned = (text: string) => {
    const command = parseCommand(`event plan ${text}`);
    if (command.commandName !== "event" || command.act !== "plan") throw new Error("no planned events");
    expect(parseCommand(printCommand(command))).toEqual(command);
    const [from, to] = boundsOf(command.period, { ...berlin, toward: "future" });
    return [command.name, shown(from!), shown(to!)];
  };

  test.each([
    ["Black Friday 2026-07-03", "Black Friday", "2026-07-03 00:00", "2026-07-04 00:00"],
    ["Cyber Monday 2026-07-06", "Cyber Monday", "2026-07-06 00:00", "2026-07-07 00:00"],
    ["Giving Tuesday 2026-07-07 8-20", "Giving Tuesday", "2026-07-07 08:00", "2026-07-07 20:00"],
    ["Super Saturday sale 2026-07-04", "Super Saturday sale", "2026-07-04 00:00", "2026-07-05 00:00"],
    ["'Black Friday' 2026-07-03", "Black Friday", "2026-07-03 00:00", "2026-07-04 00:00"],
    ["“Thursday” Fri 18-21", "Thursday", "2026-06-19 18:00", "2026-06-19 21:00"],
    ['"Launch 2026-07-03" 2026-07-04', "Launch 2026-07-03", "2026-07-04 00:00", "2026-07-05 00:00"],
    ['"sale app:ios" 2026-07-01', "sale app:ios", "2026-07-01 00:00", "2026-07-02 00:00"],
    ["Mother's Day 2026-06-20", "Mother's Day", "2026-06-20 00:00", "2026-06-21 00:00"],
    ["Mother’s Day 2026-06-20", "Mother’s Day", "2026-06-20 00:00", "2026-06-21 00:00"],
    ['"Summer sale" next Thursday', "Summer sale", "2026-06-25 00:00", "2026-06-26 00:00"],
    ["Summer sale next Thursday", "Summer sale", "2026-06-25 00:00", "2026-06-26 00:00"],
    ["push tomorrow 9-11", "push", "2026-06-17 09:00", "2026-06-17 11:00"],
    ["push from 9 to 11 tomorrow", "push", "2026-06-17 09:00", "2026-06-17 11:00"],
    ["push tomorrow from 9am until 11am", "push", "2026-06-17 09:00", "2026-06-17 11:00"],
    ["push Thu 6-9pm", "push", "2026-06-18 18:00", "2026-06-18 21:00"],
    ["push tomorrow 9-5pm", "push", "2026-06-17 09:00", "2026-06-17 17:00"],
    ["push Friday between 9 and 11", "push", "2026-06-19 09:00", "2026-06-19 11:00"],
    ["push Thu 18:00 for 3 hours", "push", "2026-06-18 18:00", "2026-06-18 21:00"],
    ["push fri 22:00 till 2:00", "push", "2026-06-19 22:00", "2026-06-20 02:00"],
    ["push noon-3pm tomorrow", "push", "2026-06-17 12:00", "2026-06-17 15:00"],
    ["push Jul 3", "push", "2026-07-03 00:00", "2026-07-04 00:00"],
    ["push Jul 3-5", "push", "2026-07-03 00:00", "2026-07-06 00:00"],
    ["push 3-5 July", "push", "2026-07-03 00:00", "2026-07-06 00:00"],
    ["push from Jul 30 to Aug 2", "push", "2026-07-30 00:00", "2026-08-03 00:00"],
    ["push 2026-07-03 to 2026-07-05", "push", "2026-07-03 00:00", "2026-07-06 00:00"],
    ["push 13.07.2026 – 15.07.2026", "push", "2026-07-13 00:00", "2026-07-16 00:00"],
    ["push 2026-07-03T18:00Z/2026-07-03T21:00Z", "push", "2026-07-03 20:00", "2026-07-03 23:00"],
    ["Wave 2 July 3", "Wave 2", "2026-07-03 00:00", "2026-07-04 00:00"],
    ["Back to school 2026-08-20", "Back to school", "2026-08-20 00:00", "2026-08-21 00:00"],
    [
      // As its own announcement shows it.
      `push ${plainWhen(now + 3_600_000, "hour")} to ${plainWhen(now + 7_200_000, "hour")}`,
      "push",
      "2026-06-16 15:00",
      "2026-06-16 16:00",
    ],
    ["push Jun 18th at 6:00 PM to Jun 18th at 9:00 PM", "push", "2026-06-18 18:00", "2026-06-18 21:00"],
  ])("`%s` is %s from %s to %s", (text, ...expected) => {
    expect(planned(text)).toEqual(expected);
  });

  test.each([
    ["Black Friday", /"Black Friday" can be the name, or end with the day/],
    ["Black Friday 18-21", /can be the name, or end with the day\. Put the name in quotes/],
    ["push 2026-07-03 2026-07-05", /"2026-07-03" can be the end of the name or the beginning of the event/],
    ["Wave 2 July 3-5", /can belong to the name or to the time. Put the name in quotes/],
    ["push 3/7/2026", /can mean 2026-03-07 or 2026-07-03/],
  ])("with two meanings, such as `%s`, asks which one is meant", (text, question) => {
    expect(() => planned(text)).toThrow(question);
  });
});
