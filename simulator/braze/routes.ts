import { needsOf } from "../../src/metrics/endpoints.ts";
import type { Pool } from "../../src/metrics/metric.ts";
import { brazeMetricOf, type MetricName, metricNames } from "../../src/metrics/metrics.ts";
import type { Target } from "./incidents.ts";
import { json, type Reply, replies } from "./replies.ts";
import { type Row, type SeriesQuery, type Surroundings, seriesRows } from "./series.ts";
import type { Writing } from "./switches.ts";
import { type SimulatedSend, unknownPart, type Workspace } from "./workspace.ts";

/** One address of the API. */
export interface Route {
  readonly permission: string;
  readonly pool: Pool;
  /** What it counts; left out for a list. */
  readonly metric?: MetricName;
  answer(query: URLSearchParams, surroundings: Surroundings): Reply;
}

/** What the simulator serves, by path. */
export const routes: Readonly<Record<string, Route>> = {
  // The figures of a campaign, and those of a Canvas, share an endpoint.
  ...Object.fromEntries(
    metricNames.toReversed().map((metric) => [brazeMetricOf({ metric }).path, seriesRoute(metric)]),
  ),
  "/segments/list": {
    ...needsOf("/segments/list"),
    answer: (query, { workspace }) => paged(query, "segments", segmentsOf(workspace), 100),
  },
  "/events/list": {
    ...needsOf("/events/list"),
    answer: (query, { workspace }) => paged(query, "events", namesOf(workspace.events, workspace), 250),
  },
  "/purchases/product_list": {
    ...needsOf("/purchases/product_list"),
    answer: (query, { workspace }) => paged(query, "products", namesOf(workspace.products, workspace), 50),
  },
  "/campaigns/list": {
    ...needsOf("/campaigns/list"),
    answer: (query, { workspace }) =>
      paged(query, "campaigns", messagesIn("Campaign", workspace, query), 100),
  },
  "/canvas/list": {
    ...needsOf("/canvas/list"),
    answer: (query, { workspace }) => paged(query, "canvases", messagesIn("Canvas", workspace, query), 100),
  },
  "/campaigns/details": {
    ...needsOf("/campaigns/details"),
    answer: (query, { workspace, now }) => detailsOf("Campaign", query.get("campaign_id"), workspace, now),
  },
  "/canvas/details": {
    ...needsOf("/canvas/details"),
    answer: (query, { workspace, now }) => detailsOf("Canvas", query.get("canvas_id"), workspace, now),
  },
  "/messages/scheduled_broadcasts": {
    ...needsOf("/messages/scheduled_broadcasts"),
    answer(query, { workspace, zone, now }) {
      const end = dateTime(query.get("end_time") ?? "");
      if (end === undefined) return replies.badParameter("end_time", "is required");
      return json(200, {
        message: "success",
        scheduled_broadcasts: broadcastsOf(workspace.sends ?? [], zone, now).filter(
          ({ next_send_time: time }) => Date.parse(time.endsWith("Z") ? time : `${time}Z`) < end,
        ),
      });
    },
  },
};

/** When something last went out; null for never. */
function lastOf(its: readonly SimulatedSend[], now: number): string | null {
  const last = Math.max(...its.map(({ time }) => time).filter((time) => time <= now));
  return Number.isFinite(last) ? new Date(last).toISOString() : null;
}

/** What Braze answers about one campaign or Canvas, as far as it is documented. */
function detailsOf(type: SimulatedSend["type"], id: string | null, workspace: Workspace, now: number): Reply {
  const its = workspace.sends?.filter((send) => send.type === type && send.id === id) ?? [];
  const messages = (type === "Campaign" ? workspace.campaigns : workspace.canvases)?.find(
    (one) => one.id === id,
  );
  if (its.length === 0 && !messages) return replies.unknownId(type === "Campaign" ? "campaign" : "canvas");
  return json(200, {
    message: "success",
    name: its[0]?.name ?? messages?.name ?? id,
    archived: false,
    draft: false,
    schedule_type: its[0]?.schedule ?? "time_based",
    [type === "Campaign" ? "last_sent" : "last_entry"]: lastOf(its, now),
    channels: its[0]?.channels ?? messages?.channels ?? ["ios_push"],
    tags: [],
  });
}

/** The endpoint of a metric, which refuses what is not documented for it. */
function seriesRoute(metric: MetricName): Route {
  const { path } = brazeMetricOf({ metric });
  return {
    ...needsOf(path),
    metric,
    answer(query, surroundings) {
      const asked = readQuery(query, metric, surroundings);
      if ("status" in asked) return asked;
      const { workspace, writing } = surroundings;
      const { item } = brazeMetricOf({ metric });
      if (item?.parameter === "campaign" || item?.parameter === "canvas")
        return messagesAnswer(asked, item.parameter, surroundings);
      const known = item?.parameter === "event" ? workspace.events : workspace.products;
      const isUnknown =
        asked.series.item !== undefined && !known?.some(({ name }) => name === asked.series.item);
      if (isUnknown && writing.unknownItem === "refused")
        return replies.badParameter(item?.parameter ?? "", "is not known");
      const rows = isUnknown && writing.unknownItem === "no-rows" ? [] : seriesRows(asked, surroundings);
      return written(rows, writing);
    },
  };
}

/** The answer of a campaign or Canvas. */
function messagesAnswer(asked: SeriesQuery, kind: "campaign" | "canvas", surroundings: Surroundings): Reply {
  const { workspace, writing } = surroundings;
  const all = (kind === "campaign" ? workspace.campaigns : workspace.canvases) ?? [];
  const known = all.find(({ id }) => id === asked.series.item);
  if (!known) return replies.unknownId(kind);
  const rows = seriesRows(asked, surroundings);
  return written(rows, writing, kind === "campaign" ? rows : { name: known.name ?? known.id, stats: rows });
}

const CANVAS_OPTIONS = ["include_variant_breakdown", "include_step_breakdown", "include_deleted_step_data"];

/** The parameters of a request, or the refusal. */
function readQuery(
  query: URLSearchParams,
  metric: MetricName,
  { workspace, now }: Surroundings,
): SeriesQuery | Reply {
  const { item, hasApp, segment, units, longest = 100 } = brazeMetricOf({ metric });
  const parameter = item?.query ?? item?.parameter ?? "";
  const allowed = [
    "length",
    "ending_at",
    ...(units.length > 1 ? ["unit"] : []),
    ...(hasApp ? ["app_id"] : []),
    ...(segment === "none" ? [] : ["segment_id"]),
    ...(item ? [parameter] : []),
    ...(item?.parameter === "canvas" ? CANVAS_OPTIONS : []),
  ];
  const stray = [...query.keys()].find((name) => !allowed.includes(name));
  if (stray !== undefined) return replies.badParameter(stray, "is not a parameter of this endpoint");
  if (item?.isRequired && !query.has(parameter)) return replies.badParameter(parameter, "is required");
  if (segment === "required" && !query.has("segment_id"))
    return replies.badParameter("segment_id", "is required");
  const series = { ...targetOf(query), metric };
  const unknown = unknownPart(workspace, series);
  if (unknown) return replies.unknownId(unknown);
  const length = Number(query.get("length") ?? "");
  if (!Number.isInteger(length) || length < 1 || length > longest) {
    return replies.badParameter("length", `must be an integer from 1 to ${longest}`);
  }
  const unit = query.get("unit") ?? "day";
  if (unit !== "hour" && unit !== "day") return replies.badParameter("unit", "must be day or hour");
  const endingAt = query.has("ending_at") ? dateTime(query.get("ending_at")!) : now;
  if (endingAt === undefined) return replies.badParameter("ending_at", "must be an ISO 8601 date-time");
  const isCanvas = item?.parameter === "canvas";
  if (isCanvas && !query.has("ending_at")) return replies.badParameter("ending_at", "is required");
  const hasSteps = query.get("include_step_breakdown") === "true";
  return { series, unit, length, endingAt, ...(isCanvas && { hasSteps }) };
}

/** The series a request is about. */
export function targetOf(query: URLSearchParams): Target {
  const app = query.get("app_id");
  const segment = query.get("segment_id");
  const item = ["event", "product", "campaign_id", "canvas_id"]
    .map((name) => query.get(name))
    .find((value) => value !== null);
  return {
    ...(app !== null && { app }),
    ...(segment !== null && { segment }),
    ...(item != null && { item }),
  };
}

/** The answer with these rows. @param content what `data` is */
function written(rows: readonly Row[], { numbers, noRows, keys }: Writing, content: unknown = rows): Reply {
  const message = { message: "success" };
  const data =
    rows.length > 0 || noRows === "[]" ? { data: content } : noRows === "null" ? { data: null } : {};
  const reply = json(200, keys === "message-first" ? { ...message, ...data } : { ...data, ...message });
  // Only values are numbers.
  return numbers === "plain" ? reply : { ...reply, body: reply.body.replace(/:(-?\d+)(?=[,}])/g, ":$1.0") };
}

/** One page of a list; beyond its end, an empty one. */
function paged(query: URLSearchParams, name: string, all: readonly unknown[], size: number): Reply {
  const page = Number(query.get("page") ?? "0");
  if (!Number.isInteger(page) || page < 0) return replies.badParameter("page", "must be 0 or more");
  return json(200, { message: "success", [name]: all.slice(page * size, (page + 1) * size) });
}

const namesOf = (known: readonly { readonly name: string }[] = [], { retired }: Workspace): string[] =>
  known
    .map(({ name }) => name)
    .filter((name) => !retired?.has(name))
    .sort();

/** Campaigns or Canvases; archived ones only for whom asks for them. */
/** The campaigns or Canvases of a list: those whose figures are known, and those that are sent at once. */
function messagesIn(
  type: SimulatedSend["type"],
  { retired, sends = [], ...workspace }: Workspace,
  query: URLSearchParams,
) {
  const known = (type === "Campaign" ? workspace.campaigns : workspace.canvases) ?? [];
  const after = dateTime(query.get("last_edit.time[gt]") ?? "") ?? Number.NEGATIVE_INFINITY;
  return [
    ...known.map(({ id, name = id }) => ({ id, name, edited: LONG_AGO })),
    ...sends
      .filter((send) => send.type === type && send.isUnscheduled)
      .map(({ id, name, time }) => ({ id, name, edited: time - 3_600_000 })),
  ]
    .filter(({ id }) => !retired?.has(id) || query.get("include_archived") === "true")
    .filter(({ edited }) => edited > after)
    .map(({ id, name, edited }) => ({ id, name, tags: [], last_edited: new Date(edited).toISOString() }));
}

const LONG_AGO = Date.UTC(2026, 0, 5, 14, 59, 2);

const segmentsOf = ({ segments }: Workspace) =>
  segments.map(({ id, name = id, tracked = true }) => ({
    id,
    name,
    analytics_tracking_enabled: tracked,
    tags: [],
  }));

/**
 * What is still to be sent, and two campaigns of a far day, of which one is sent by the company's clock: its schedule
 * names the zone.
 */
const broadcastsOf = (sends: readonly SimulatedSend[], zone: string, now: number) =>
  [
    ...sends
      .filter(({ time, isUnscheduled }) => time > now && !isUnscheduled)
      .map(({ id, name, type, time }) => ({ id, name, type, time, schedule_type: "UTC" })),
    { name: "Morning", id: "morning", type: "Campaign", schedule_type: "local_time_zones", time: now + FAR },
    { name: "Sale", id: "sale", type: "Canvas", schedule_type: zone, time: now + FAR },
  ].map(({ time, ...one }) => ({
    ...one,
    tags: [],
    // What goes out by the clock of each user has no offset.
    next_send_time: new Date(time)
      .toISOString()
      .slice(0, one.schedule_type === "local_time_zones" ? 19 : undefined),
  }));

/** Later than a client reads the calendar that wants to know what is sent soon. */
const FAR = 20 * 86_400_000;

function dateTime(text: string): number | undefined {
  const instant = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
