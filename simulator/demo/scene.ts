import type { Measured } from "../../src/metrics/metrics.ts";
import { defaultRules, type Watch, watchId, watchTitle } from "../../src/settings/watch.ts";
import { HOUR, type Hour, WEEK } from "../../src/time/time.ts";
import { recorded } from "../braze/counts.ts";
import type { ScriptedIncident, Target } from "../braze/incidents.ts";
import type {
  SimulatedApp,
  SimulatedEvent,
  SimulatedProduct,
  SimulatedSegment,
  SimulatedSend,
} from "../braze/workspace.ts";
import { mira } from "../slack/people.ts";

/** When the demo's story begins: a Monday morning in New York. */
export const START: Hour = Date.UTC(2026, 5, 15, 12);

/** When the recorded year ends. Most recordings end at New Year, so that their June is June here. */
const RECORDED_UNTIL = START + 26 * WEEK;

export const ZONE = "America/New_York";
export const CHANNEL = "C0ALERTS1";
export const OPS_CHANNEL = "C0OPS0001";
export const KEY = "simulated-braze-key";

/** Real counts of a city under the names of apps. */
export const apps: SimulatedApp[] = [
  { id: "ios", name: "iOS", counts: recorded("bike-rentals", { zone: ZONE, endsAt: RECORDED_UNTIL }) },
  { id: "android", name: "Android", counts: recorded("cars", { zone: ZONE, endsAt: RECORDED_UNTIL }) },
  { id: "web", name: "Web", counts: recorded("pedestrians", { zone: ZONE, endsAt: RECORDED_UNTIL }) },
];

/** Segments to choose from when a watch is added; the last is not tracked, and so cannot be watched. */
export const segments: SimulatedSegment[] = [
  { id: "new-users", name: "New users", share: 0.24 },
  { id: "subscribers", name: "Subscribers", share: 0.41 },
  { id: "beta-testers", name: "Beta testers", share: 0.02, tracked: false },
];

/** A shop's custom events and products. */
export const events: SimulatedEvent[] = [
  { name: "Order Completed", perSession: 0.12 },
  { name: "Added To Cart", perSession: 0.5 },
  { name: "Signed Up", perSession: 0.03 },
];
export const products: SimulatedProduct[] = [
  { name: "Rice Bowl", perSession: 0.08, price: 12.5 },
  { name: "Family Box", perSession: 0.02, price: 49 },
];

const orders = { metric: "events", item: "Order Completed" } as const;

/** What is watched: the sessions of every app, and what the shop earns in one of them. */
const watched: readonly (Measured & { readonly app: string })[] = [
  ...apps.map(({ id }) => ({ app: id })),
  { app: "web", ...orders },
  { app: "web", metric: "revenue" },
  { app: "web", ...orders, per: {} },
];

const nameOf = (app: string): string => apps.find(({ id }) => id === app)?.name ?? app;

export const watches: Watch[] = watched.map((series) => {
  const watch = {
    ...defaultRules,
    series: { workspace: "demo", ...series, unit: "hour" as const },
    appName: nameOf(series.app),
    channel: CHANNEL,
    createdAt: START,
  };
  return { ...watch, id: watchId(watchTitle(watch), new Set()) };
});

/** What a broken checkout holds back: orders and what they bring in, and no sessions. */
const ofCheckout: readonly Target[] = [
  { app: "web", ...orders },
  { app: "web", metric: "purchases" },
  { app: "web", metric: "revenue" },
];

/** The share that a spike adds. */
const SPIKE = 3;

/** What people release before sessions of that app drop. */
export const release = {
  id: "android-8.1",
  name: "Android 8.1 released",
  time: START + 8 * HOUR,
  scope: { workspace: "demo", app: "android" },
  by: mira.id,
};

/** What Braze sends in the evening: sessions of all apps become as many as in the spike of the next day, which no send explains. */
export const sendsFrom = (start: Hour): SimulatedSend[] => [
  {
    id: "midnight-snack",
    name: "Midnight Snack",
    type: "Campaign",
    time: start + 14 * HOUR,
    hours: 2,
    size: SPIKE,
  },
];

/** Whether it is the broken checkout. */
export const isOfCheckout = ({ series }: ScriptedIncident): boolean => ofCheckout.includes(series);

/**
 * What happens: the checkout of an app breaks, then sessions of another drop until there are none, on the next day a
 * third has a spike; and so on every two days.
 */
export function incidentsFrom(start: Hour): ScriptedIncident[] {
  return [
    ...ofCheckout.map(
      (series) => ({ series, kind: "drop", from: start + 2 * HOUR, hours: 4, size: 0.7 }) as const,
    ),
    { series: { app: "android" }, kind: "drop", from: start + 9 * HOUR, hours: 2, size: 0.3 },
    { series: { app: "android" }, kind: "outage", from: start + 11 * HOUR, hours: 2 },
    { series: { app: "ios" }, kind: "spike", from: start + 26 * HOUR, hours: 3, size: SPIKE },
  ];
}
