import type { HealthIssue } from "../health/health-issue.ts";
import type { DataState } from "../health/no-data.ts";
import type { Member } from "../incidents/alert-group.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Mute } from "../notifications/mute.ts";
import type { PlannedEvent } from "../series/planned-events.ts";
import type { Watch } from "../settings/watch.ts";
import type { Overview } from "../text/overview.ts";
import { type Bucket, type Instant, WEEK } from "../time/time.ts";
import type { Sum } from "./chart.ts";
import { countLabels, precisionOf } from "./precision.ts";

/** The state of a watch at a glance. */
export type WatchState = "fine" | "open" | "critical" | "muted" | "unread";

/** A watch on the dashboard. */
export interface WatchRow {
  readonly watch: Watch;
  readonly state: WatchState;
  /** What keeps it from seeing anomalies, if anything. */
  readonly data: DataState;
  /** The end of the last bucket that was evaluated; undefined until one was. */
  readonly evaluatedThrough?: Bucket;
  /** Its last seven days, summed up some hours at a time, oldest first. */
  readonly week: readonly Sum[];
}

/** An open incident, with the address of its message if known. */
export interface OpenIncident extends Pick<Member, "incident" | "watch"> {
  readonly address?: string;
}

/** The labels of the incidents of the last seven days. */
export interface Labelled {
  readonly incidents: number;
  readonly labelled: number;
  /** The share of real ones among those labelled real or false alarm; undefined if there are none. */
  readonly precision?: number;
}

/** The dashboard of one person: all watches, one page of them in detail. */
export interface Home {
  readonly now: Instant;
  readonly overview: Overview;
  readonly open: readonly OpenIncident[];
  readonly rows: readonly WatchRow[];
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
  readonly watches: readonly Watch[];
  readonly mutes: readonly Mute[];
  readonly healthIssues: readonly HealthIssue[];
  readonly week: Labelled;
  /** Planned events that are not over, the next first. */
  readonly events: readonly PlannedEvent[];
}

/** The state of a watch: muted hides any other. */
export function stateOf(
  incidents: readonly Incident[],
  isMuted: boolean,
  evaluatedThrough: Bucket | undefined,
): WatchState {
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === undefined);
  if (isMuted) return "muted";
  if (open.some(({ severity }) => severity === "critical")) return "critical";
  if (open.length > 0) return "open";
  return evaluatedThrough === undefined ? "unread" : "fine";
}

/** The labels of incidents that opened within seven days before now. */
export function labelledOf(incidents: readonly Incident[], now: Instant): Labelled {
  const recent = incidents.filter(({ openedAt }) => openedAt > now - WEEK);
  const precision = precisionOf(countLabels(recent));
  return {
    incidents: recent.length,
    labelled: recent.filter(({ labelled }) => labelled).length,
    ...(precision !== undefined && { precision }),
  };
}
