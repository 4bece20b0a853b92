import { HOUR } from "../time/time.ts";
import { campaignMetrics, canvasMetrics } from "./messages.ts";
import type { BrazeMetric, Item, Metric } from "./metric.ts";
import { type Part, ratioOf } from "./ratio.ts";

const event = {
  parameter: "event",
  isRequired: true,
  noun: "custom event",
  list: "/events/list",
  field: "events",
  listPermission: "events.list",
} as const satisfies Item;

const product = {
  parameter: "product",
  isRequired: false,
  noun: "product",
  list: "/purchases/product_list",
  field: "products",
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
    isOfUsers: true,
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
    isOfUsers: true,
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
    isOfUsers: true,
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
    isOfUsers: true,
    note: "Braze estimates the size of a segment",
  },
  ...campaignMetrics,
  ...canvasMetrics,
} as const satisfies Record<string, BrazeMetric>;

export type MetricName = keyof typeof metrics;

/** The names of all metrics, as people type them. */
export const metricNames = Object.keys(metrics) as readonly MetricName[];

export const isMetric = (name: string): name is MetricName => Object.hasOwn(metrics, name);

/** The name of a series' metric: sessions if it names none. */
export const metricNameOf = ({ metric = "sessions" }: { readonly metric?: MetricName }): MetricName => metric;

/** What Braze counts: a metric, and the custom event or the product. */
export interface Counted {
  /** @default "sessions" */
  readonly metric?: MetricName;
  /**
   * The name of the custom event or the product, or the id of the campaign or Canvas; left out: all products, or a metric
   * that has none.
   */
  readonly item?: string;
}

/** What is counted, as it is stored. */
export const countedOf = ({
  metric,
  item,
}: {
  readonly [Name in keyof Counted]: Counted[Name] | undefined;
}): Counted => ({
  ...(metric !== undefined && metric !== "sessions" && { metric }),
  ...(item !== undefined && { item }),
});

/** What a series is made of: what Braze counts or, with `per`, how much of it there is for each of another. */
export interface Measured extends Counted {
  readonly per?: Counted;
}

/** The metric of a series that Braze counts. */
export const brazeMetricOf = (series: { readonly metric?: MetricName }): BrazeMetric =>
  metrics[metricNameOf(series)];

/** The metric of a series: what Braze counts, or a ratio. */
export const metricOf = ({ per, ...over }: Measured): Metric =>
  per ? ratioOf(partOf(over), partOf(per)) : brazeMetricOf(over);

/** What the sums of a series count: the series itself, of a ratio its numerator. */
export const summedOf = ({ metric, item }: Measured): Counted => ({
  ...(metric !== undefined && { metric }),
  ...(item !== undefined && { item }),
});

/** Whether its values add up to those of a week: a level counts the same users every day, and ratios are no counts. */
export const isAddedUp = (series: Measured): boolean => ["count", "money"].includes(metricOf(series).kind);

/** Whether it counts sessions, which titles do not name. */
export const isOfSessions = (series: Measured): boolean => metricNameOf(series) === "sessions" && !series.per;

/**
 * What a series counts, as people read it.
 * @param itemName the name of a campaign or Canvas, which the series has by its id
 *
 * @example metricTitle({ metric: "purchases", item: "Rice Bowl" }); // => "Purchases of Rice Bowl"
 */
export function metricTitle(series: Measured, itemName?: string): string {
  const { title } = metricOf(series);
  const { item } = brazeMetricOf(series);
  if (series.item === undefined) return title;
  if (item?.isId) return `${title} of ${itemName ?? series.item}`;
  if (series.per) return title;
  return item?.isRequired ? series.item : `${title} of ${series.item}`;
}

/** Whether it is counted for what has a name beside its id: a campaign or a Canvas. */
export const hasItemName = (series: Counted): boolean => brazeMetricOf(series).item?.isId === true;

/** A part of a ratio: a custom event goes by its name, purchases of a product are purchases. */
function partOf(counted: Counted): Part {
  const [one, many] = wordsOf(counted);
  const metric = brazeMetricOf(counted);
  return { metric, title: metric.item?.isId ? metric.title : metricTitle(counted), one, many };
}

/** What one is called, and many: a custom event by its name. */
export function wordsOf(counted: Counted): readonly [one: string, many: string] {
  const { item, noun } = brazeMetricOf(counted);
  return item?.isRequired && !item.isId && counted.item !== undefined ? [counted.item, counted.item] : noun;
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
