import type { BrazeMetric, Pool } from "./metric.ts";
import { metrics } from "./metrics.ts";

/** What an endpoint needs, and which pool counts its requests. */
interface Needs {
  readonly permission: string;
  readonly pool: Pool;
}

/** What else Tidewatch asks of Braze: names, the calendar that shows the company's time zone, and what is sent. */
const others = {
  "/segments/list": { permission: "segments.list", pool: "segments" },
  "/events/list": { permission: "events.list", pool: "purchases" },
  "/purchases/product_list": { permission: "purchases.product_list", pool: "purchases" },
  "/campaigns/list": { permission: "campaigns.list", pool: "default" },
  "/canvas/list": { permission: "canvas.list", pool: "default" },
  "/campaigns/details": { permission: "campaigns.details", pool: "default" },
  "/canvas/details": { permission: "canvas.details", pool: "default" },
  "/messages/scheduled_broadcasts": { permission: "messages.schedule_broadcasts", pool: "default" },
} as const satisfies Readonly<Record<`/${string}`, Needs>>;

/** The path of an endpoint that Tidewatch reads. */
export type Endpoint = BrazeMetric["path"] | keyof typeof others;

const all = new Map<string, Needs>([
  ...Object.values<BrazeMetric>(metrics).map((metric) => [metric.path, metric] as const),
  ...Object.entries(others),
]);

/** What an endpoint needs. @example needsOf("/kpi/dau/data_series").permission; // => "kpi.dau.data_series" */
export const needsOf = (endpoint: Endpoint): Needs => all.get(endpoint)!;
