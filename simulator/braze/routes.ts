import type { Target } from "./incidents.ts";
import { json, type Reply, replies } from "./replies.ts";
import { type Surroundings, seriesRows } from "./series.ts";
import { unknownPart, type Workspace } from "./workspace.ts";

/** One address of the API. */
export interface Route {
  readonly permission: string;
  answer(query: URLSearchParams, surroundings: Surroundings): Reply;
}

/** What the simulator serves, by path. */
export const routes: Readonly<Record<string, Route>> = {
  "/sessions/data_series": {
    permission: "sessions.data_series",
    answer(query, surroundings) {
      const series = targetOf(query);
      const unknown = unknownPart(surroundings.workspace, series);
      if (unknown) return replies.unknownId(unknown);
      const length = Number(query.get("length") ?? "");
      if (!Number.isInteger(length) || length < 1 || length > 100) {
        return replies.badParameter("length", "must be an integer from 1 to 100");
      }
      const unit = query.get("unit") ?? "day";
      if (unit !== "hour" && unit !== "day") return replies.badParameter("unit", "must be day or hour");
      const endingAt = query.has("ending_at") ? dateTime(query.get("ending_at")!) : surroundings.now;
      if (endingAt === undefined) return replies.badParameter("ending_at", "must be an ISO 8601 date-time");
      const data = seriesRows({ series, unit, length, endingAt }, surroundings);
      return json(200, { message: "success", data });
    },
  },
  "/segments/list": {
    permission: "segments.list",
    answer(query, { workspace }) {
      const page = Number(query.get("page") ?? "0");
      if (!Number.isInteger(page) || page < 0) return replies.badParameter("page", "must be 0 or more");
      return json(200, { message: "success", segments: segmentsOf(workspace, page) });
    },
  },
};

/** The series a request is about. */
export function targetOf(query: URLSearchParams): Target {
  const app = query.get("app_id");
  const segment = query.get("segment_id");
  return { ...(app !== null && { app }), ...(segment !== null && { segment }) };
}

const PAGE = 100;

const segmentsOf = ({ segments }: Workspace, page: number) =>
  segments.slice(page * PAGE, (page + 1) * PAGE).map(({ id, name = id, tracked = true }) => ({
    id,
    name,
    analytics_tracking_enabled: tracked,
    tags: [],
  }));

function dateTime(text: string): number | undefined {
  const instant = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
