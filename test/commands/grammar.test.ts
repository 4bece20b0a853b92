import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "../../src/commands/grammar/day.ts";
import { instantOf, type Moment, readMoment } from "../../src/commands/grammar/moment.ts";
import { nearest } from "../../src/commands/grammar/nearest.ts";
import type { TypedWatch } from "../../src/commands/grammar/setting-table.ts";
import { instantsOf, readSpan, type Span } from "../../src/commands/grammar/span.ts";
import { inQuotes, quoted, words } from "../../src/commands/grammar/words.ts";
import { parseCommand, printCommand } from "../../src/commands/parse.ts";
import { type Command, commandNames, entryOf } from "../../src/commands/table.ts";
import { InputError } from "../../src/errors.ts";
import { metricNames } from "../../src/metrics/metrics.ts";

describe("the words of a command", () => {
  test.each([
    ["list", ["list"]],
    ['segment:"New users" drop', ["segment:New users", "drop"]],
    ["segment:“New users” drop", ["segment:New users", "drop"]],
    ["mute <#C0123456789|alerts> 4h", ["mute", "C0123456789", "4h"]],
    ["mute <#C0123456789|>", ["mute", "C0123456789"]],
    ["owner:<@U0123456789|ada>", ["owner:U0123456789"]],
    ["who-can <!subteam^S0123456789|@on-call>", ["who-can", "S0123456789"]],
    ["runbook:<https://wiki.example/a?b=1&amp;c=2>", ["runbook:https://wiki.example/a?b=1&c=2"]],
    ["runbook:<https://wiki.example|wiki.example>", ["runbook:https://wiki.example"]],
    ["name:R&amp;D &lt;beta&gt;", ["name:R&D", "<beta>"]],
    ["  ", []],
  ])("`%s` is split into its words", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe("a command", () => {
  test.each<[string, Command]>([
    ["", { commandName: "status" }],
    ["HELP mute", { commandName: "help", about: "mute" }],
    ["watch", { commandName: "watch" }],
    [
      'watch app:ios segment:"New users" sensitivity:high drop <#C0ALERTS1|alerts> quiet:22-7',
      {
        commandName: "watch",
        settings: {
          app: "ios",
          segment: "New users",
          sensitivity: "high",
          direction: "drop",
          channel: "C0ALERTS1",
          quiet: { from: 1_320, to: 420, critical: false },
        },
      },
    ],
    ["watch revenue drop", { commandName: "watch", settings: { metric: "revenue", direction: "drop" } }],
    ["watch New users app:ios", { commandName: "watch", settings: { metric: "new-users", app: "ios" } }],
    ["watch daily active users", { commandName: "watch", settings: { metric: "dau" } }],
    [
      'watch event:"Order Completed" app:iOS',
      { commandName: "watch", settings: { metric: "events", item: "Order Completed", app: "iOS" } },
    ],
    [
      "watch event:Order Completed app:iOS",
      { commandName: "watch", settings: { metric: "events", item: "Order Completed", app: "iOS" } },
    ],
    [
      'watch "Sessions" drop',
      { commandName: "watch", settings: { metric: "events", item: "Sessions", direction: "drop" } },
    ],
    ...[
      'watch "Order Completed" / sessions app:iOS',
      'watch "Order Completed"/sessions app:iOS',
      "watch “Order Completed”/ sessions app:iOS",
      "watch «Order Completed» /sessions app:iOS",
      'watch event:"Order Completed"/sessions app:iOS',
    ].map((typed): [string, Command] => [
      typed,
      {
        commandName: "watch",
        settings: { metric: "events", item: "Order Completed", per: { metric: "sessions" }, app: "iOS" },
      },
    ]),
    [
      'watch sends campaign:"Summer Sale"',
      { commandName: "watch", settings: { metric: "sends", campaign: "Summer Sale" } },
    ],
    [
      'watch "sends" campaign:"Summer Sale"',
      { commandName: "watch", settings: { metric: "sends", campaign: "Summer Sale" } },
    ],
    [
      "watch email bounces canvas:Welcome series drop",
      {
        commandName: "watch",
        settings: { metric: "email-bounces", canvas: "Welcome series", direction: "drop" },
      },
    ],
    ["watch canvas:Welcome", { commandName: "watch", settings: { canvas: "Welcome" } }],
    [
      'watch email bounces/email sends campaign:"Summer Sale"',
      {
        commandName: "watch",
        settings: { metric: "email-bounces", per: { metric: "email-sends" }, campaign: "Summer Sale" },
      },
    ],
    [
      'watch sessions/"Order Completed"',
      {
        commandName: "watch",
        settings: { metric: "sessions", per: { metric: "events", item: "Order Completed" } },
      },
    ],
    [
      'watch "Sign up"/"Order Completed" drop',
      {
        commandName: "watch",
        settings: {
          metric: "events",
          item: "Sign up",
          per: { metric: "events", item: "Order Completed" },
          direction: "drop",
        },
      },
    ],
    [
      "watch metric:revenue product:Rice Bowl min-count:500",
      { commandName: "watch", settings: { metric: "revenue", item: "Rice Bowl", minAbsoluteChange: 500 } },
    ],
    ["edit Sessions product:all", { commandName: "edit", watch: "Sessions", settings: { item: null } }],
    [
      "edit Revenue iOS min-sessions:5",
      { commandName: "edit", watch: "Revenue iOS", settings: { minAbsoluteChange: 5 } },
    ],
    [
      "edit ios sensitivity:2/month owner:none channel: <#C0OTHER01|x> min-change:15%",
      {
        commandName: "edit",
        watch: "ios",
        settings: {
          sensitivity: { alertsPerMonth: 2 },
          owner: null,
          channel: "C0OTHER01",
          minRelativeChange: 0.15,
        },
      },
    ],
    ["mute ios", { commandName: "mute", scope: { kind: "watch", watch: "ios" }, until: "recovery" }],
    [
      "mute ios 4h",
      {
        commandName: "mute",
        scope: { kind: "watch", watch: "ios" },
        until: { kind: "away", span: 14_400_000 },
      },
    ],
    [
      "mute app:ios until tomorrow 9:00",
      {
        commandName: "mute",
        scope: { kind: "app", app: "ios" },
        until: { kind: "at", day: { kind: "relative", days: 1 }, minutes: 540 },
      },
    ],
    [
      "mute <#C0ALERTS1|alerts> until it recovers",
      { commandName: "mute", scope: { kind: "channel", channel: "C0ALERTS1" }, until: "recovery" },
    ],
    ["unmute here", { commandName: "unmute", scope: { kind: "here" } }],
    [
      "why ios yesterday 14:00",
      {
        commandName: "why",
        watch: "ios",
        at: { kind: "at", day: { kind: "relative", days: -1 }, minutes: 840 },
      },
    ],
    [
      "event push campaign Thursday 18–21 h",
      {
        commandName: "event",
        act: "plan",
        name: "push campaign",
        period: {
          first: { kind: "weekday", weekday: 3 },
          from: 1_080,
          last: { kind: "weekday", weekday: 3 },
          to: 1_260,
        },
      },
    ],
    ["change iOS 5.2 released", { commandName: "change", act: "record", name: "iOS 5.2 released" }],
    ["change Android 12", { commandName: "change", act: "record", name: "Android 12" }],
    [
      "change “Prices raised” 2h ago app:iOS",
      {
        commandName: "change",
        act: "record",
        name: "Prices raised",
        time: { kind: "away", span: 7_200_000, side: "past" },
        app: "iOS",
      },
    ],
    [
      "change iOS 5.2 released at 14:30 workspace:eu",
      {
        commandName: "change",
        act: "record",
        name: "iOS 5.2 released",
        time: { kind: "at", minutes: 870 },
        workspace: "eu",
      },
    ],
    ["change", { commandName: "change", act: "list" }],
    ["change remove ios-5-2", { commandName: "change", act: "remove", change: "ios-5-2" }],
    [
      "snooze iOS · New users 1h",
      {
        commandName: "mute",
        scope: { kind: "watch", watch: "iOS · New users" },
        until: { kind: "away", span: 3_600_000 },
      },
    ],
    ["mute all until it recovers", { commandName: "mute", scope: { kind: "all" }, until: "recovery" }],
    [
      "label iOS · New users false alarm",
      { commandName: "label", incident: "iOS · New users", label: "false-alarm" },
    ],
    ["label New users Real incident", { commandName: "label", incident: "New users", label: "real" }],
    ["incidents", { commandName: "incidents" }],
    [
      "incidents new users False alarm",
      { commandName: "incidents", words: "new users", label: "false-alarm" },
    ],
    ["incidents not labelled", { commandName: "incidents", label: "none" }],
    ["incidents unlabeled", { commandName: "incidents", label: "none" }],
    ['incidents "Real"', { commandName: "incidents", words: "Real" }],
    ["incidents real madrid", { commandName: "incidents", words: "real madrid" }],
    ["incidents iOS 5 real", { commandName: "incidents", words: "iOS 5", label: "real" }],
    ["incidents 7d", { commandName: "incidents", period: { since: { kind: "away", span: 7 * 86_400_000 } } }],
    [
      "find ios real since 7d",
      {
        commandName: "incidents",
        words: "ios",
        label: "real",
        period: { since: { kind: "away", span: 7 * 86_400_000 } },
      },
    ],
    ["export", { commandName: "export" }],
    [
      "export New users 30d",
      {
        commandName: "export",
        watch: "New users",
        period: { since: { kind: "away", span: 30 * 86_400_000 } },
      },
    ],
    ["ack New users", { commandName: "ack", incident: "New users" }],
    [
      "label ios.drop@2026-06-16T12 false-alarm",
      { commandName: "label", incident: "ios.drop@2026-06-16T12", label: "false-alarm" },
    ],
    ["label ios.drop@2026-06-16T12 none", { commandName: "label", incident: "ios.drop@2026-06-16T12" }],
    [
      "who-can <!subteam^S0ONCALL01|@on-call>",
      { commandName: "who-can", permissions: { who: "group", group: "S0ONCALL01" } },
    ],
  ])("`%s` is understood", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  test.each([
    ["unmtue ios", /unknown command "unmtue"\. Did you mean unmute\?\n`\/tidewatch unmute/],
    [
      "stop ios",
      /unknown command "stop"\. Did you mean mute or remove\?\n`\/tidewatch mute ios until 6pm`\n`\/tidewatch remove/,
    ],
    ["resolve ios", /Did you mean ack or label\?/],
    ["stat", /Did you mean status\?/],
    ["campagin", /Did you mean event\?/],
    ["help holiday", /Did you mean event\?/],
    ["frobnicate", /unknown command "frobnicate"\n`\/tidewatch help/],
    ["mute", /what do you want to mute\?\n`\/tidewatch mute/],
    ["mute ios until someday", /"someday" is not a time/],
    ["mute ios -4h", /"-4h" is in the past. Examples: 4h, tomorrow 9:00\n`\/tidewatch mute/],
    ["mute ios for -1 d", /"-1 d" is in the past/],
    ["watch sensitivty:high", /unknown setting "sensitivty"\. Did you mean sensitivity\?/],
    ["watch metric:reveneu", /"reveneu" is not a metric\. Did you mean revenue\?/],
    ["watch metric:steps", /"steps" is not a metric/],
    ["watch revenue event:Order", /an event and a metric are two watches/],
    ["watch event:Order product:Soup", /an event and a product are two watches/],
    ["watch drop spike", /"direction" is set twice/],
    ["watch channel:#general", /"#general" is not a channel\. Type # and choose it/],
    ["watch quiet-days:mon", /need quiet hours/],
    ["watch runbook:http://x", /must be an address that starts with https/],
    ["exclude ios", /from when to when\?/],
    ["event sale whenever", /"whenever" is not a time range/],
    ["label x maybe", /"maybe" is not a label/],
    ["list all", /unexpected "all"/],
    ["x".repeat(5_000), /too long/],
  ])("`%s` is answered with what is wrong and how to type it", (text, message) => {
    expect(() => parseCommand(text)).toThrow(message);
    expect(() => parseCommand(text)).toThrow(InputError);
  });
});

describe("times", () => {
  // A Tuesday, 14:00 in Berlin.
  const now = Date.UTC(2026, 5, 16, 12);
  const at = (text: string, toward: "future" | "past") =>
    new Date(instantOf(readMoment(text)!, 9 * 60, { now, zone: "Europe/Berlin", toward }))
      .toISOString()
      .slice(0, 16);

  test.each([
    ["4h", "future", "2026-06-16T16:00"],
    ["5h", "past", "2026-06-16T07:00"],
    ["tomorrow 9:00", "future", "2026-06-17T07:00"],
    ["tomorrow", "future", "2026-06-17T07:00"],
    ["15:00", "future", "2026-06-16T13:00"],
    ["9:00", "future", "2026-06-17T07:00"],
    ["9:00", "past", "2026-06-16T07:00"],
    ["15:00", "past", "2026-06-15T13:00"],
    ["tue 18:00", "future", "2026-06-16T16:00"],
    ["tue 9:00", "future", "2026-06-23T07:00"],
    ["friday 9:00", "past", "2026-06-12T07:00"],
    ["2026-11-24T18:00", "future", "2026-11-24T17:00"],
  ] as const)("`%s` toward the %s is %s UTC", (text, toward, expected) => {
    expect(at(text, toward)).toBe(expected);
  });

  test.each([
    ["Thu 18-21", "2026-06-18T16:00", "2026-06-18T19:00"],
    ["2026-11-24 18:00-21:00", "2026-11-24T17:00", "2026-11-24T20:00"],
    ["fri 22-2", "2026-06-19T20:00", "2026-06-20T00:00"],
    ["2026-12-10/2026-12-12", "2026-12-09T23:00", "2026-12-12T23:00"],
    ["sat - mon", "2026-06-19T22:00", "2026-06-22T22:00"],
    ["2026-11-24 18:00 - 2026-11-25 03:00", "2026-11-24T17:00", "2026-11-25T02:00"],
  ])("`%s` is from %s to %s UTC", (text, from, to) => {
    const span = instantsOf(readSpan(text)!, { now, zone: "Europe/Berlin", toward: "future" });
    expect(span.map((instant) => new Date(instant).toISOString().slice(0, 16))).toEqual([from, to]);
  });

  test.each(["", "2026-02-30", "25:00", "9:60", "18-18", "fri 18 - fri 9", "2026-12-12/2026-12-10"])(
    "`%s` is not a time",
    (text) => {
      expect(readMoment(text) ?? readSpan(text)).toBeUndefined();
    },
  );
});

test("a misspelled word is read as the nearest word, an unknown word is not", () => {
  expect(nearest("ios-new-user", ["android", "ios-new-users"])).toBe("ios-new-users");
  expect(nearest("statsu", commandNames)).toBe("status");
  expect(nearest("zzzzzz", commandNames)).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});

test("every command has a line of usage that begins with its name and says what it does", () => {
  for (const commandName of commandNames) {
    const { about, usage } = entryOf(commandName);
    expect(about.length).toBeGreaterThan(5);
    for (const line of usage) expect(line.split(" ")[0]).toBe(commandName);
  }
});

// What people could mean by anything: names with every letter but the quotes that phones make.
const name = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .filter((text) => text.trim() === text && text !== "" && !/[“”„‟«»<>]/.test(text) && !/\p{Cc}/u.test(text));
const day: fc.Arbitrary<Day> = fc.oneof(
  fc.record({ kind: fc.constant("date" as const), day: fc.integer({ min: 0, max: 40_000 }) }),
  fc.record({ kind: fc.constant("weekday" as const), weekday: fc.integer({ min: 0, max: 6 }) }),
  fc.record({
    kind: fc.constant("relative" as const),
    days: fc.constantFrom(-1 as const, 0 as const, 1 as const),
  }),
);
const minutes = fc.integer({ min: 0, max: 1_439 });
const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({
    kind: fc.constant("away" as const),
    span: fc.integer({ min: 1, max: 9_999 }).map((n) => n * 60_000),
  }),
  fc.record({ kind: fc.constant("at" as const), minutes }),
  fc.record({ kind: fc.constant("at" as const), day, minutes }),
  fc.record({ kind: fc.constant("at" as const), day }),
);
const span: fc.Arbitrary<Span> = fc
  .tuple(day, minutes, minutes)
  .filter(([, from, to]) => from !== to)
  .map(([first, from, to]) => ({ first, from, last: first, to: to > from ? to : to + 1_440 }));
const counted = fc.oneof(
  fc.constant({}),
  fc.record({ metric: fc.constantFrom(...metricNames) }),
  fc.record({ metric: fc.constant("events" as const), item: name }),
  fc.record({
    item: fc.oneof(
      fc.constant(null),
      name.filter((text) => text !== "all"),
    ),
  }),
  fc.record({ metric: fc.constantFrom("sends" as const, "email-bounces" as const), campaign: name }),
  fc.record({ canvas: name }),
  fc.record({
    metric: fc.constantFrom("purchases" as const, "revenue" as const),
    item: fc.oneof(
      fc.constant(null),
      name.filter((text) => text !== "all"),
    ),
  }),
);
const others: fc.Arbitrary<TypedWatch> = fc.record(
  {
    app: name.filter((text) => text !== "all"),
    segment: name.filter((text) => text !== "all"),
    appName: name,
    per: fc.oneof(
      fc.constant(null),
      fc.record({ metric: fc.constantFrom(...metricNames) }),
      fc.record({ metric: fc.constant("events" as const), item: name }),
    ),
    direction: fc.constantFrom("drop" as const, "spike" as const, "both" as const),
    sensitivity: fc.oneof(
      fc.constantFrom("low" as const, "normal" as const, "high" as const),
      fc.integer({ min: 1, max: 99 }).map((alertsPerMonth) => ({ alertsPerMonth })),
    ),
    minRelativeChange: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
    minAbsoluteChange: fc.nat({ max: 999_999 }),
    channel: fc.constant("C0ALERTS1"),
    unit: fc.constantFrom("hour" as const, "day" as const),
    quiet: fc.oneof(
      fc.constant(null),
      fc.record({ from: minutes, to: minutes, critical: fc.boolean() }).filter(({ from, to }) => from !== to),
    ),
    owner: fc.constantFrom("U0ADA0001", "S0ONCALL01", null),
    runbook: fc.constantFrom("https://wiki.example/a?b=1&c=2", null),
  },
  { requiredKeys: ["channel"] },
);
const settings = fc.tuple(counted, others).map(([what, rest]): TypedWatch => ({ ...what, ...rest }));
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ commandName: fc.constant("watch" as const), settings }),
  fc.record({ commandName: fc.constant("edit" as const), watch: name, settings }),
  fc.record({ commandName: fc.constant("show" as const), watch: name }),
  fc.record({
    commandName: fc.constant("mute" as const),
    scope: fc.oneof(
      fc.record({ kind: fc.constant("watch" as const), watch: name }),
      fc.record({ kind: fc.constant("app" as const), app: name }),
      fc.constant({ kind: "channel" as const, channel: "C0ALERTS1" }),
      fc.constantFrom({ kind: "here" as const }, { kind: "all" as const }),
    ),
    until: fc.oneof(moment, fc.constant("recovery" as const)),
  }),
  fc.record({ commandName: fc.constant("why" as const), watch: name, at: moment }),
  fc.record({ commandName: fc.constant("exclude" as const), watch: name, period: span }),
  fc.record({ commandName: fc.constant("undo" as const), change: name }),
  fc.record({ commandName: fc.constant("export" as const), watch: name }),
  fc.record({ commandName: fc.constant("export" as const), watch: name, period: span }),
  fc.record(
    {
      commandName: fc.constant("incidents" as const),
      words: name,
      label: fc.constantFrom("real" as const, "false-alarm" as const, "none" as const),
      period: span,
    },
    { requiredKeys: ["commandName"] },
  ),
  fc.record({
    commandName: fc.constant("label" as const),
    incident: name,
    label: fc.constantFrom(
      "real" as const,
      "expected" as const,
      "false-alarm" as const,
      "new-normal" as const,
    ),
  }),
);

test("every printed command is read back unchanged", () => {
  fc.assert(
    fc.property(command, (given) => {
      expect(parseCommand(printCommand(given))).toEqual(given);
    }),
    { numRuns: 2_000 },
  );
});

test("blanks around the slash of a ratio make no difference", () => {
  const part = fc.oneof(name.map(inQuotes), fc.constantFrom(...metricNames));
  const blank = fc.constantFrom("", " ");
  fc.assert(
    fc.property(part, blank, blank, part, (over, before, after, under) => {
      const read = parseCommand(`watch ${over}${before}/${after}${under} drop`);
      expect(read).toEqual(parseCommand(`watch ${over} / ${under} drop`));
      expect(read).toHaveProperty("settings.per");
    }),
    { numRuns: 1_000 },
  );
});

test("a quoted word is read back unchanged", () => {
  fc.assert(
    fc.property(name, (word) => {
      expect(words(quoted(word))).toEqual([word]);
    }),
    { numRuns: 1_000 },
  );
});

test("any input is either understood or refused with a readable error", () => {
  const scrap = fc.oneof(
    fc.constantFrom(
      ...commandNames,
      "app:",
      "4h",
      "until",
      "<#C0ALERTS1|x>",
      '"',
      "'",
      "2026-11-24",
      "18-21",
      "quiet:22-7",
      "none",
    ),
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.string({ unit: "binary", maxLength: 10 }),
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 8 }), (scraps) => {
      try {
        parseCommand(scraps.join(" "));
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 5_000 },
  );
});
