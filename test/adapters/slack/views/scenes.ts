import type { HomeView, ModalView } from "@slack/types";
import { generated } from "../../../../simulator/braze/counts.ts";
import { slackChartImages } from "../../../../src/adapters/slack/messages/chart-images.ts";
import { eventModal } from "../../../../src/adapters/slack/views/event-modal.ts";
import { homeView } from "../../../../src/adapters/slack/views/home-view.ts";
import { incidentModal } from "../../../../src/adapters/slack/views/incident-modal.ts";
import { muteModal } from "../../../../src/adapters/slack/views/mute-modal.ts";
import {
  doneModal,
  failureHome,
  failureModal,
  loadingModal,
  pendingModal,
} from "../../../../src/adapters/slack/views/plain-modals.ts";
import { emptyForm, formOf, NEW_APP } from "../../../../src/adapters/slack/views/watch-form.ts";
import { type WatchModal, watchModal } from "../../../../src/adapters/slack/views/watch-modal.ts";
import { whyModal } from "../../../../src/adapters/slack/views/why-modal.ts";
import type { Home } from "../../../../src/reports/home.ts";
import type { Preview } from "../../../../src/reports/preview.ts";
import { explain } from "../../../../src/reports/why.ts";
import type { App } from "../../../../src/series/app.ts";
import { channel, text } from "../../../../src/text/text.ts";
import { bucketsBetween, HOUR, MINUTE, WEEK } from "../../../../src/time/time.ts";
import {
  aMember,
  anAppWatch,
  anEvent,
  anIncident,
  aScore,
  aWatch,
  noon,
  someCircumstances,
} from "../../../support/builders.ts";

export const apps: App[] = [
  { workspace: "main", app: "ios", name: "iOS", zone: "Europe/Berlin", country: "DE-BY" },
  { workspace: "main", app: "android", name: "Android" },
  { workspace: "games", app: "ios-game", name: "Tide Pool" },
];

export const aPreview = (over: Partial<Preview> = {}): Preview => ({
  chart: {
    title: ["iOS", "US"],
    unit: "hour",
    zone: "UTC",
    points: bucketsBetween(noon - 30 * HOUR, noon, "hour").map((bucket, i) => ({
      bucket,
      observed: 500 + 20 * i,
      expected: 510 + 20 * i,
      low: 400,
      high: 1_300,
    })),
    incidents: [],
    holidays: [],
  },
  chosen: { sensitivity: "normal", alerts: 3, critical: 1 },
  others: [
    { sensitivity: "low", alerts: 1, critical: 1 },
    { sensitivity: "normal", alerts: 3, critical: 1 },
    { sensitivity: "high", alerts: 9, critical: 2 },
  ],
  weeks: 8,
  evaluatedWeeks: 7,
  usual: 1_204,
  ...over,
});

const form = (over: Partial<WatchModal> = {}): ModalView =>
  watchModal({
    form: emptyForm("main", "C0ALERTS1"),
    workspaces: ["main"],
    apps,
    preview: { kind: "waiting" },
    ...over,
  });

const full = aWatch({
  quiet: { from: 1_320, to: 420, days: [0, 1, 2, 3, 4], critical: true },
  owner: "U0ADA0001",
  runbook: "https://wiki.test/ios",
  sensitivity: { alertsPerMonth: 2 },
});

const rows = slackChartImages().otherwise(aPreview().chart).at(-1)!;
const counts = generated({ seed: 4, level: 800, zone: "UTC" });
const history = {
  first: noon - 8 * WEEK,
  values: bucketsBetween(noon - 8 * WEEK, noon, "hour").map((bucket) =>
    bucket === noon ? 12 : counts(bucket),
  ),
};

const week = Array.from({ length: 28 }, (_, i) => ({
  from: noon - (28 - i) * 6 * HOUR,
  ...(i !== 9 && { observed: 1_000 + ((i * 737) % 4_000) }),
}));

export const aHome = (over: Partial<Home> = {}): Home => ({
  now: noon + 20 * MINUTE,
  overview: { watches: 3, open: 2, noData: 0, notEvaluated: 0 },
  open: [
    { ...aMember({ severity: "critical" }), address: "https://acme.slack.test/archives/C0ALERTS1/p1" },
    aMember({ acknowledged: { by: "U0ADA0001", at: noon } }, { segmentName: "New users" }),
  ],
  rows: [
    { watch: aWatch(), state: "critical", data: {}, evaluatedThrough: noon + HOUR, week },
    {
      watch: anAppWatch({ id: "android", appName: "Android" }),
      state: "fine",
      data: {},
      evaluatedThrough: noon + HOUR,
      week,
    },
    { watch: anAppWatch({ id: "web", appName: "Web" }), state: "unread", data: {}, week: [] },
  ],
  page: 0,
  pages: 1,
  watches: [
    aWatch(),
    anAppWatch({ id: "android", appName: "Android" }),
    anAppWatch({ id: "web", appName: "Web" }),
  ],
  mutes: [
    {
      scope: { kind: "watch", watch: "ios-us" },
      by: "U0ADA0001",
      at: noon,
      until: noon + HOUR,
      incidents: [],
    },
    {
      scope: { kind: "channel", channel: "C0ALERTS1" },
      by: "ada",
      at: noon,
      until: "recovery",
      incidents: [],
    },
  ],
  healthIssues: [
    {
      id: "braze.main",
      kind: "braze",
      what: ["main"],
      detail: "Braze answered 401",
      advice: "Look.",
      since: noon,
      grace: 0,
      firstSeen: noon,
      lastSeen: noon,
    },
  ],
  week: { incidents: 7, labelled: 4, precision: 0.75 },
  events: [anEvent({ name: "Push *sale*", from: noon + HOUR, to: noon + 3 * HOUR })],
  ...over,
});

/** Every view there is, in each state that looks otherwise. */
export const views: Record<string, ModalView | HomeView> = {
  "watch-empty": form(),
  "watch-two-workspaces": form({ workspaces: ["main", "games"], form: emptyForm("games") }),
  "watch-another-app": form({ form: { ...emptyForm("main", "C0ALERTS1"), app: NEW_APP } }),
  "watch-edited": form({
    watchId: "ios-us",
    form: formOf(full, apps),
    preview: { kind: "counted", preview: aPreview() },
  }),
  "watch-with-a-chart": form({
    form: formOf(aWatch(), apps),
    preview: {
      kind: "drawn",
      preview: aPreview(),
      chartImage: slackChartImages().image("F0CHART001", aPreview().chart),
    },
  }),
  "watch-with-a-chart-in-words": form({
    form: formOf(aWatch(), apps),
    preview: {
      kind: "drawn",
      preview: aPreview({ chosen: { sensitivity: { alertsPerMonth: 2 }, alerts: 1, critical: 0 } }),
      chartImage: rows,
    },
  }),
  "watch-that-cannot-be-previewed": form({
    preview: { kind: "impossible", why: "Braze answered 401: <invalid> key. Check BRAZE_API_KEY." },
  }),
  "watch-with-too-little-history": form({
    preview: { kind: "counted", preview: aPreview({ weeks: 1.4, evaluatedWeeks: 0 }) },
  }),
  loading: loadingModal("Add a watch"),
  pending: pendingModal("Add a watch", "6f1c6e3e-55a0-4d0b-8f57-6f7f8a1f9d11"),
  done: doneModal(
    "Saved",
    "Done",
    text`Tidewatch cannot post in ${channel("C0OPS0001")} yet: invite @Tidewatch`,
  ),
  "trouble-at-home": failureHome("Tidewatch cannot reach its Redis at this moment"),
  "watch-with-advanced-settings": form({
    watchId: "ios",
    form: formOf(full, apps),
    isAdvanced: true,
    groups: [{ id: "S0ONCALL01", handle: "on-call", name: "On call" }],
  }),
  "watch-without-a-list-of-groups": form({ form: emptyForm("main", "C0ALERTS1"), isAdvanced: true }),
  mute: muteModal({
    scopes: [
      { scope: { kind: "watch", watch: "ios-us" }, name: "iOS · US" },
      { scope: { kind: "app", workspace: "main", app: "ios" }, name: "iOS" },
      { scope: { kind: "channel", channel: "C0ALERTS1" }, name: "The channel" },
    ],
    scope: { kind: "app", workspace: "main", app: "ios" },
    until: "4h",
    date: noon + 25 * HOUR,
  }),
  "mute-until-a-date": muteModal({
    scopes: [{ scope: { kind: "watch", watch: "ios-us" }, name: "iOS · US" }],
    scope: { kind: "watch", watch: "ios-us" },
    until: "date",
    date: noon + 25 * HOUR,
  }),
  event: eventModal(["main", "games"], apps, noon + HOUR),
  why: whyModal({
    watch: aWatch(),
    explanation: explain({ history }, { unit: "hour", zone: "UTC" }, aWatch(), noon)!,
    zone: "UTC",
  }),
  failure: failureModal("Why?", "nothing was collected for ios-us yet"),
  incident: incidentModal({
    ...aMember({ worst: aScore({ window: 3 }), reopenedAt: noon }, { runbook: "https://wiki.test/ios" }),
    members: [aMember()],
    alertContext: someCircumstances({
      otherApps: { watched: 3, alike: [] },
      dashboard: "https://dashboard.test",
    }),
    decisions: [
      { incidentId: anIncident().id, bucket: noon, decision: { notify: "opened" }, at: noon + HOUR },
      {
        incidentId: anIncident().id,
        bucket: noon,
        decision: { suppress: "already-notified" },
        at: noon + 2 * HOUR,
      },
    ],
    address: "https://acme.slack.test/archives/C0ALERTS1/p1",
    page: 0,
  }),
  "incident-of-many": incidentModal({
    ...aMember({ resolvedAt: noon + 3 * HOUR }),
    members: Array.from({ length: 45 }, (_, i) => aMember({ balance: -i }, { segmentName: `Segment ${i}` })),
    alertContext: someCircumstances(),
    decisions: [],
    page: 1,
  }),
  home: homeView(aHome()),
  "home-of-many": homeView(
    aHome({
      overview: { watches: 500, open: 2, noData: 0, notEvaluated: 0 },
      page: 1,
      pages: 34,
      watches: Array.from({ length: 500 }, () => aWatch()),
    }),
  ),
  "home-calm": homeView(
    aHome({
      overview: { watches: 3, open: 0, noData: 0, notEvaluated: 0 },
      open: [],
      mutes: [],
      healthIssues: [],
      events: [],
      week: { incidents: 0, labelled: 0 },
    }),
  ),
  "home-without-data": homeView(
    aHome({
      overview: { watches: 3, open: 0, noData: 3, notEvaluated: 0, paused: "braze-wrong-key" },
      rows: aHome().rows.map((row) => ({
        ...row,
        data: { noDataSince: noon + HOUR, failure: "braze-wrong-key" },
      })),
      open: [],
      mutes: [],
      events: [],
    }),
  ),
  "home-not-evaluated": homeView(
    aHome({
      overview: { watches: 3, open: 0, noData: 1, notEvaluated: 1 },
      rows: [
        { watch: aWatch(), state: "fine", data: { noDataSince: noon }, evaluatedThrough: noon, week },
        { watch: aWatch(), state: "fine", data: { notEvaluated: "flat" }, evaluatedThrough: noon, week },
        { watch: aWatch(), state: "muted", data: { noDataSince: noon }, evaluatedThrough: noon, week },
      ],
      open: [],
      mutes: [],
      events: [],
    }),
  ),
  "home-empty": homeView(
    aHome({
      overview: { watches: 0, open: 0, noData: 0, notEvaluated: 0 },
      open: [],
      rows: [],
      watches: [],
      mutes: [],
      healthIssues: [],
      events: [],
      week: { incidents: 0, labelled: 0 },
    }),
  ),
};
