import { defaultRules, type Watch } from "../../src/settings/watch.ts";
import { HOUR, type Hour } from "../../src/time/time.ts";
import { recorded } from "../braze/counts.ts";
import type { ScriptedIncident } from "../braze/incidents.ts";
import type { SimulatedApp, SimulatedEvent, SimulatedProduct, SimulatedSegment } from "../braze/workspace.ts";

/** When the demo's story begins: a Monday morning in New York. */
export const START: Hour = Date.UTC(2026, 5, 15, 12);

export const ZONE = "America/New_York";
export const CHANNEL = "C0ALERTS1";
export const OPS_CHANNEL = "C0OPS0001";
export const KEY = "simulated-braze-key";

/** Real counts of a city under the names of apps. */
export const apps: SimulatedApp[] = [
  { id: "ios", name: "iOS", counts: recorded("bike-rentals", { zone: ZONE, endsAt: START }) },
  { id: "android", name: "Android", counts: recorded("cars", { zone: ZONE, endsAt: START }) },
  { id: "web", name: "Web", counts: recorded("pedestrians", { zone: ZONE, endsAt: START }) },
];

/** Segments to choose from when a watch is added; the last is not tracked, and so cannot be watched. */
export const segments: SimulatedSegment[] = [
  { id: "new-users", name: "New users", share: 0.24 },
  { id: "subscribers", name: "Subscribers", share: 0.41 },
  { id: "beta-testers", name: "Beta testers", share: 0.02, tracked: false },
];

/** A shop's custom events and products, to choose from when a watch is added. */
export const events: SimulatedEvent[] = [
  { name: "Order Completed", perSession: 0.12 },
  { name: "Added To Cart", perSession: 0.5 },
  { name: "Signed Up", perSession: 0.03 },
];
export const products: SimulatedProduct[] = [
  { name: "Rice Bowl", perSession: 0.08, price: 12.5 },
  { name: "Family Box", perSession: 0.02, price: 49 },
];

export const watches: Watch[] = apps.map(({ id, name }) => ({
  ...defaultRules,
  id,
  series: { workspace: "demo", app: id, unit: "hour" },
  appName: name ?? id,
  channel: CHANNEL,
  createdAt: START,
}));

/** What happens: a drop that becomes an outage, on the next day a spike, and so on every two days. */
export function incidentsFrom(start: Hour): ScriptedIncident[] {
  return [
    { series: { app: "android" }, kind: "drop", from: start + 4 * HOUR, hours: 2, size: 0.3 },
    { series: { app: "android" }, kind: "outage", from: start + 6 * HOUR, hours: 2 },
    { series: { app: "web" }, kind: "spike", from: start + 26 * HOUR, hours: 3, size: 3 },
  ];
}
