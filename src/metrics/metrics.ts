import { HOUR } from "../time/time.ts";
import type { Item, Metric } from "./metric.ts";

const event = {
  parameter: "event",
  isRequired: true,
  noun: "custom event",
  list: "/events/list",
  listPermission: "events.list",
} as const satisfies Item;

const product = {
  parameter: "product",
  isRequired: false,
  noun: "product",
  list: "/purchases/product_list",
  listPermission: "purchases.product_list",
} as const satisfies Item;

/** What can be read by the hour and by the day. */
const byHour = { pool: "default", units: ["hour", "day"], hasApp: true, kind: "count" } as const;

/** What Braze knows by the day alone. */
const byDay = { pool: "default", units: ["day"], hasApp: true, segment: "none", kind: "count" } as const;

/** What Tidewatch can watch. */
export const metrics = {
  sessions: {
    ...byHour,
    path: "/sessions/data_series",
    field: "sessions",
    permission: "sessions.data_series",
    segment: "optional",
    direction: "both",
    title: "Sessions",
    noun: ["session", "sessions"],
  },
  events: {
    ...byHour,
    path: "/events/data_series",
    field: "count",
    permission: "events.data_series",
    segment: "optional",
    item: event,
    direction: "both",
    title: "Custom events",
    noun: ["event", "events"],
  },
  purchases: {
    ...byHour,
    pool: "purchases",
    path: "/purchases/quantity_series",
    field: "purchase_quantity",
    permission: "purchases.quantity_series",
    segment: "none",
    item: product,
    direction: "both",
    title: "Purchases",
    noun: ["purchase", "purchases"],
  },
  revenue: {
    ...byHour,
    pool: "purchases",
    path: "/purchases/revenue_series",
    field: "revenue",
    permission: "purchases.revenue_series",
    segment: "none",
    item: product,
    kind: "money",
    direction: "both",
    title: "Revenue",
    noun: ["revenue", "revenue"],
    sign: "$",
  },
  dau: {
    ...byDay,
    path: "/kpi/dau/data_series",
    field: "dau",
    permission: "kpi.dau.data_series",
    direction: "both",
    title: "Daily active users",
    noun: ["daily active user", "daily active users"],
  },
  mau: {
    ...byDay,
    path: "/kpi/mau/data_series",
    field: "mau",
    permission: "kpi.mau.data_series",
    kind: "level",
    // Braze takes it at 12:05 UTC.
    snapshotAt: 13 * HOUR,
    direction: "both",
    minRelativeChange: 0.02,
    title: "Monthly active users",
    noun: ["monthly active user", "monthly active users"],
    note: "Braze counts the active users of the last 30 days once a night",
  },
  "new-users": {
    ...byDay,
    path: "/kpi/new_users/data_series",
    field: "new_users",
    permission: "kpi.new_users.data_series",
    direction: "both",
    title: "New users",
    noun: ["new user", "new users"],
  },
  uninstalls: {
    ...byDay,
    path: "/kpi/uninstalls/data_series",
    field: "uninstalls",
    permission: "kpi.uninstalls.data_series",
    direction: "spike",
    title: "Uninstalls",
    noun: ["uninstall", "uninstalls"],
    note: "Push services report uninstalls, often days later and many at once when they revoke old tokens. If direct push opens are stable, nobody may have uninstalled the app",
  },
  "segment-size": {
    ...byDay,
    path: "/segments/data_series",
    field: "size",
    permission: "segments.data_series",
    hasApp: false,
    segment: "required",
    kind: "level",
    direction: "both",
    minRelativeChange: 0.02,
    title: "Segment size",
    noun: ["user", "users"],
    note: "Braze estimates the size of a segment",
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

/** The names of all metrics, as people type them. */
export const metricNames = Object.keys(metrics) as readonly MetricName[];

export const isMetric = (name: string): name is MetricName => Object.hasOwn(metrics, name);

/** The name of a series' metric: sessions if it names none. */
export const metricNameOf = ({ metric = "sessions" }: { readonly metric?: MetricName }): MetricName => metric;

/** The metric of a series. */
export const metricOf = (series: { readonly metric?: MetricName }): Metric => metrics[metricNameOf(series)];

/**
 * What a series counts, as people read it.
 * @example metricTitle({ metric: "purchases", item: "Rice Bowl" }); // => "Purchases of Rice Bowl"
 */
export function metricTitle(series: { readonly metric?: MetricName; readonly item?: string }): string {
  const { title, item } = metricOf(series);
  if (series.item === undefined) return title;
  return item?.isRequired ? series.item : `${title} of ${series.item}`;
}

const slug = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "-");

/**
 * The metric that somebody typed: by its name, its title, or one of what it counts.
 * @example metricNamed("Daily active users"); // => "dau"
 */
export function metricNamed(typed: string): MetricName | undefined {
  const wanted = slug(typed);
  return metricNames.find((name) => {
    const title = slug(metrics[name].title);
    return [name, title, `${title}s`, title.replace(/s$/, "")].includes(wanted);
  });
}
