import { describe, expect, test } from "vitest";
import { eventAnswer, eventModal } from "../../../../src/adapters/slack/views/event-modal.ts";
import { errorsAt, type FormValue, type FormValues } from "../../../../src/adapters/slack/views/form.ts";
import { muteAnswer, muteModal } from "../../../../src/adapters/slack/views/mute-modal.ts";
import { readWatchForm } from "../../../../src/adapters/slack/views/read-watch-form.ts";
import { segmentOptions, zoneOptions } from "../../../../src/adapters/slack/views/suggestions.ts";
import { answerOf } from "../../../../src/adapters/slack/views/watch-answer.ts";
import {
  ALL_APPS,
  emptyForm,
  formOf,
  NEW_APP,
  type WatchForm,
} from "../../../../src/adapters/slack/views/watch-form.ts";
import {
  readWatchMemory,
  type WatchModal,
  watchModal,
} from "../../../../src/adapters/slack/views/watch-modal.ts";
import { requestOf } from "../../../../src/pipeline/actions/watch-request.ts";
import { HOUR } from "../../../../src/time/time.ts";
import { anAppWatch, aWatch, noon } from "../../../support/builders.ts";
import { apps } from "./scenes.ts";

/** What Slack would tell of a view as it is drawn: what stands in each field at first. */
const valuesOf = (view: { readonly blocks: readonly unknown[] }): FormValues =>
  Object.fromEntries(
    (view.blocks as { type: string; block_id?: string; element?: Record<string, unknown> }[])
      .filter(({ type }) => type === "input")
      .map(({ block_id, element = {} }) => {
        const value: FormValue = {
          value: (element.initial_value as string) ?? null,
          selected_option: (element.initial_option as FormValue["selected_option"]) ?? null,
          selected_options: (element.initial_options as never) ?? [],
          selected_conversation: (element.initial_conversation as string) ?? null,
          selected_user: (element.initial_user as string) ?? null,
          selected_time: (element.initial_time as string) ?? null,
        };
        return [block_id!, { [String(element.action_id)]: value }];
      }),
  );

const option = (value: string): FormValue => ({ selected_option: { value, text: { text: value } } });

/** Both steps of the form. */
const wholeForm = (modal: Omit<WatchModal, "preview" | "isAdvanced" | "groups">) =>
  watchModal({
    ...modal,
    isAdvanced: true,
    groups: [{ id: "S0ONCALL1", handle: "on-call", name: "On call" }],
    preview: { kind: "waiting" },
  });

test.each([
  ["a plain one", aWatch()],
  [
    "one of all apps",
    { ...anAppWatch(), series: { workspace: "main", unit: "day" as const }, appName: "All apps" },
  ],
  [
    "one with everything",
    aWatch({
      direction: "drop",
      sensitivity: { alertsPerMonth: 0.5 },
      minRelativeChange: 0.255,
      minAbsoluteChange: 40,
      quiet: { from: 1_320, to: 435, days: [4, 5], critical: true },
      owner: "U0ADA0001",
      runbook: "https://wiki.test/ios",
    }),
  ],
  ["one that is quiet all weekend", aWatch({ quiet: { from: 0, to: 1_440, days: [5, 6], critical: false } })],
  ["one that mentions a group", aWatch({ owner: "S0ONCALL1", quiet: { from: 0, to: 60, critical: false } })],
  [
    "one of an app without a name",
    anAppWatch({ series: { workspace: "main", app: "tv", unit: "hour" }, appName: "TV" }),
  ],
])("saving a watch form without an edit leaves the watch unchanged: %s", (_, watch) => {
  const form = formOf(watch, apps);
  const modal = { watchId: watch.id, form, workspaces: ["main", "games"], apps };
  for (const view of [
    watchModal({ ...modal, preview: { kind: "waiting" } }),
    wholeForm(modal),
    watchModal({ ...modal, isAdvanced: true, preview: { kind: "waiting" } }),
  ]) {
    const answer = answerOf(readWatchForm(valuesOf(view), form), apps);
    expect(answer).toMatchObject({ request: requestOf(watch) });
  }
});

test("what was typed in the second step is kept while it is hidden", () => {
  const form = emptyForm("main", "C0ALERTS1");
  const modal = { form, workspaces: ["main"], apps };
  const typed = {
    ...valuesOf(wholeForm(modal)),
    minCount: { "watch.minCount": { value: "30" } },
    "ownerGroup/list": { "watch.ownerGroup": option("S0ONCALL1") },
    quietFrom: { "watch.quietFrom": { selected_time: "22:00" } },
    quietTo: { "watch.quietTo": { selected_time: "07:00" } },
    runbook: { "watch.runbook": { value: "https://wiki.test/ios" } },
  };
  const after = readWatchForm(typed, form, { apps });
  const hidden = watchModal({ ...modal, form: after, preview: { kind: "waiting" } });
  expect(Object.keys(valuesOf(hidden))).not.toContain("runbook");
  expect(JSON.stringify(hidden.blocks)).toContain(
    "Set there: Minimum change (count), User group as owner, Runbook, Quiet hours from, Quiet hours to",
  );
  const { form: remembered } = readWatchMemory({ private_metadata: hidden.private_metadata! });
  const shownAgain = readWatchForm(valuesOf(hidden), remembered, { apps });
  expect(shownAgain).toEqual(after);
  expect(readWatchForm(valuesOf(wholeForm({ ...modal, form: shownAgain })), shownAgain, { apps })).toEqual(
    after,
  );
});

describe("a form changes nothing else when Slack sends back only the edited fields", () => {
  const watch = aWatch({
    direction: "drop",
    quiet: { from: 1_320, to: 435, days: [4, 5], critical: true },
    owner: "U0ADA0001",
    runbook: "https://wiki.test/ios",
    minAbsoluteChange: 40,
  });
  const view = wholeForm({
    watchId: watch.id,
    form: formOf(watch, apps),
    workspaces: ["main", "games"],
    apps,
  });
  const remembered = readWatchMemory({ private_metadata: view.private_metadata! }).form;
  const emptied = Object.fromEntries(
    Object.entries(valuesOf(view)).map(([block, fields]) => [
      block,
      Object.fromEntries(
        Object.keys(fields).map((action): [string, FormValue] => [
          action,
          { value: null, selected_option: null, selected_options: [] },
        ]),
      ),
    ]),
  );

  test.each([
    ["left out", {}],
    ["empty", emptied],
  ])("the field that nobody edited is %s", (_, rest: FormValues) => {
    const values = { ...rest, sensitivity: { "watch.sensitivity": option("high") } };
    expect(answerOf(readWatchForm(values, remembered, { apps }), apps)).toMatchObject({
      request: { ...requestOf(watch), sensitivity: "high" },
      app: { zone: "Europe/Berlin", country: "DE-BY" },
    });
  });

  test("a field that somebody cleared is empty", () => {
    const values = { ...valuesOf(view), owner: { "watch.owner": { selected_user: null } } };
    expect(readWatchForm(values, remembered)).not.toHaveProperty("owner");
    const used = { ...emptied, "segment/main": { "watch.segment": { selected_option: null } } };
    expect(readWatchForm(used, remembered, { used: "segment" })).not.toHaveProperty("segment");
  });

  test("an address that is too long to store is asked for again instead of lost", () => {
    const form = { ...formOf(watch, apps), runbook: `https://wiki.test/${"x".repeat(3_000)}` };
    const long = watchModal({ form, workspaces: ["main"], apps, preview: { kind: "waiting" } });
    expect(long.private_metadata!.length).toBeLessThanOrEqual(3_000);
    const { form: kept } = readWatchMemory({ private_metadata: long.private_metadata! });
    expect(readWatchForm({}, kept).runbook).toMatch(/type it again/);
  });

  test("a mute and an event are saved as the form showed them", () => {
    const scope = { kind: "watch" as const, watch: "ios" };
    const mute = muteModal({
      scopes: [
        { scope: { kind: "channel", channel: "C0ALERTS1" }, name: "The channel" },
        { scope, name: "iOS" },
      ],
      scope,
      until: "recovery",
      date: noon + HOUR,
    });
    expect(muteAnswer(mute.private_metadata!, {}, noon)).toEqual({ scope, until: "recovery" });
    const event = {
      name: { "event.name": { value: "Push" } },
      from: { "event.from": { selected_date_time: noon / 1_000 } },
      to: { "event.to": { selected_date_time: noon / 1_000 + 60 } },
    };
    expect(eventAnswer(eventModal(["main"], apps, noon).private_metadata!, event, noon)).toMatchObject({
      scope: {},
    });
  });
});

test("choosing another app brings its time zone and country, and another workspace drops the old segments", () => {
  const before = formOf(aWatch(), apps);
  expect(
    readWatchForm({ "app/main": { "watch.app": option("android") } }, before, { apps }),
  ).not.toHaveProperty("zone");
  const back = readWatchForm(
    { "app/main": { "watch.app": option("ios") }, "zone/main.android": { "watch.zone": option("UTC") } },
    { ...before, app: "android", zone: "UTC" },
    { apps },
  );
  expect(back).toMatchObject({ zone: "Europe/Berlin", country: "DE-BY" });
  const elsewhere = readWatchForm(
    { workspace: { "watch.workspace": option("games") }, "segment/main": { "watch.segment": option("vip") } },
    before,
  );
  expect(elsewhere).toMatchObject({ workspace: "games", app: ALL_APPS });
  expect(elsewhere).not.toHaveProperty("segment");
});

test("an app keeps its time zone and country, and takes those that are typed", () => {
  const form = formOf(aWatch(), apps);
  expect(answerOf(form, apps)).toMatchObject({
    app: { app: "ios", zone: "Europe/Berlin", country: "DE-BY" },
  });
  expect(
    answerOf({ ...form, app: NEW_APP, appId: "tv", appName: "TV", zone: "UTC", country: "FR" }, apps),
  ).toMatchObject({
    request: { app: "tv", appName: "TV" },
    app: { workspace: "main", app: "tv", name: "TV", zone: "UTC", country: "FR" },
  });
});

test("fields that are not shown keep their values", () => {
  const before = { ...emptyForm("games"), app: "ios-game" };
  expect(readWatchForm({}, before)).toMatchObject({ workspace: "games", app: "ios-game", direction: "both" });
  expect(readWatchForm({ "app/games": { "watch.app": option(ALL_APPS) } }, before).app).toBe(ALL_APPS);
});

describe("an error is shown at its field", () => {
  const good: WatchForm = { ...emptyForm("main", "C0ALERTS1"), app: "ios" };
  test.each<[string, Partial<WatchForm>, string, RegExp]>([
    ["no app's id", { app: NEW_APP, appName: "TV" }, "appId", /API identifier/],
    ["no app's name", { app: NEW_APP, appId: "tv" }, "appName", /name/],
    [
      "a segment that is not tracked",
      { segment: { id: "vip", name: "VIP", isTracked: false } },
      "segment",
      /analytics tracking/,
    ],
    [
      "a number of false alarms in words",
      { sensitivity: "custom", falseAlarms: "few" },
      "falseAlarms",
      /You typed "few"/,
    ],
    ["no false alarms at all", { sensitivity: "custom", falseAlarms: "0" }, "falseAlarms", /more than 0/],
    ["too much change", { minChange: "101" }, "minChange", /0% to 100%/],
    ["less than no sessions", { minCount: "-1" }, "minCount", /0 or more/],
    ["quiet hours without an end", { quietFrom: "22:00" }, "quietTo", /a start and an end/],
    ["quiet hours of no length", { quietFrom: "22:00", quietTo: "22:00" }, "quietTo", /at the same time/],
    ["two owners", { owner: "U0ADA0001", ownerGroup: "S0ONCALL1" }, "ownerGroup", /not both/],
    ["a country there is none of", { country: "Atlantis" }, "country", /No holidays are known/],
  ])("%s", (_, change, field, message) => {
    const answer = answerOf({ ...good, ...change }, apps);
    expect("errors" in answer && answer.errors[field]).toMatch(message);
    expect("errors" in answer && Object.keys(answer.errors)).toEqual([field]);
  });

  test("a missing channel", () => {
    const { channel: _, ...without } = good;
    expect(answerOf(without, apps)).toMatchObject({ errors: { channel: expect.stringMatching(/Choose/) } });
  });

  test("Slack requires a block for each error, and an error without a field is shown at the first", () => {
    const view = watchModal({ form: good, workspaces: ["main"], apps, preview: { kind: "waiting" } });
    expect(errorsAt(view, { segment: "a", falseAlarms: "b" })).toEqual({
      "segment/main": "a",
      metric: "b",
    });
  });
});

test("a mute needs a choice or a future date", () => {
  const scope = { kind: "watch" as const, watch: "ios" };
  const metadata = muteModal({ scopes: [{ scope, name: "iOS" }], scope, until: "1h", date: noon + 24 * HOUR })
    .private_metadata!;
  const until = (choice: string, at?: number) => ({
    scope: { "mute.scope": option("0") },
    until: { "mute.until": option(choice) },
    date: { "mute.date": { selected_date_time: at ?? null } },
  });
  expect(muteAnswer(metadata, until("4h"), noon)).toEqual({ scope, until: "4h" });
  expect(muteAnswer(metadata, until("date", noon / 1_000 + 60), noon)).toEqual({
    scope,
    until: noon + 60_000,
  });
  // Slack may leave out a date that stands in the form and was not touched.
  expect(muteAnswer(metadata, until("date"), noon)).toEqual({ scope, until: noon + 24 * HOUR });
  expect(muteAnswer(metadata, until("date", 1e300), noon)).toEqual({
    errors: { date: "Choose when the mute ends." },
  });
  expect(muteAnswer(metadata, until("date", noon / 1_000), noon)).toHaveProperty("errors.date");
});

test("an event needs a name, a beginning, and an end in the future", () => {
  const metadata = eventModal(["main"], apps, noon).private_metadata!;
  const event = (name: string, from: number, to: number, scope = "1") => ({
    name: { "event.name": { value: name } },
    from: { "event.from": { selected_date_time: from / 1_000 } },
    to: { "event.to": { selected_date_time: to / 1_000 } },
    scope: { "event.scope": option(scope) },
  });
  expect(eventAnswer(metadata, event("Push", noon, noon + HOUR), noon)).toEqual({
    name: "Push",
    from: noon,
    to: noon + HOUR,
    scope: { workspace: "main", app: "ios" },
  });
  expect(eventAnswer(metadata, event(" ", noon, noon + HOUR), noon)).toHaveProperty("errors.name");
  expect(eventAnswer(metadata, event("Push", noon, noon), noon - HOUR)).toHaveProperty("errors.to");
  expect(eventAnswer(metadata, event("Push", noon, noon + HOUR), noon + HOUR)).toHaveProperty("errors.to");
  expect(eventAnswer(metadata, event("Push", noon, 1e300), noon)).toHaveProperty("errors.to");
  const untouched = { name: { "event.name": { value: "Push" } } };
  expect(eventAnswer(metadata, untouched, noon)).toMatchObject({ from: noon, to: noon + HOUR });
});

test("a search matches every typed word and lists tracked segments first", () => {
  const segments = [
    { id: "1", name: "All new users", isTracked: false },
    { id: "2", name: "New users EU", isTracked: true },
    { id: "3", name: "Payers", isTracked: true },
    // No choice in Slack holds it, and no watch could look at it.
    { id: "x".repeat(200), name: "New users of an id that is none", isTracked: true },
  ];
  expect(segmentOptions(segments, "users NEW").map(({ value }) => value)).toEqual(["2", "untracked 1"]);
  expect(zoneOptions("new york").map(({ value }) => value)).toEqual(["America/New_York"]);
});

test.each([
  ["kyiv", "Europe/Kiev"],
  ["US/Eastern", "America/New_York"],
  ["Asia/Kolkata", "Asia/Calcutta"],
  ["ho chi minh", "Asia/Saigon"],
])("a time zone is found by its other name %s", (typed, zone) => {
  expect(zoneOptions(typed).map(({ value }) => value)).toContain(zone);
});
