import type { Direction } from "../detector/verdict/verdict.ts";
import { metricTitle } from "../metrics/metrics.ts";
import type { Suppression } from "../notifications/suppression.ts";
import type { Watch } from "../settings/watch.ts";
import { type Bucket, bucketName, type Unit } from "../time/time.ts";
import type { Incident, Unwatched } from "./incident.ts";

/**
 * Incidents that share a message since they probably have one cause: of one workspace, channel and direction, opened
 * within the same hours.
 */
export interface AlertGroup {
  /** Made from its subject: `main.C0ALERTS1.hour.drop@2026-06-16T12`. */
  readonly id: string;
  /** See `groupKeyOf`. */
  readonly groupKey: string;
  /** When its first member opened. */
  readonly openedAt: Bucket;
  /** Incidents, in the order in which they joined. */
  readonly members: readonly string[];
  /** Members whose watch posts in another channel now, and whether this message shows that. */
  readonly moved?: readonly (Unwatched & { readonly incidentId: string; readonly isShown: boolean })[];
  /** The overflow summary that lists it, if the alert limit allowed no message of its own. */
  readonly overflowId?: string;
  /** Its message, once there is one. */
  readonly ref?: { readonly channel: string; readonly ts: string };
  /** The image in its message, as the notifier writes it. */
  readonly chartImage?: Readonly<Record<string, unknown>>;
  /** Raised by each write; the store refuses a write based on an older version. */
  readonly version: number;
}

/** An incident of an alert group, with its watch. */
export interface Member {
  readonly incident: Incident;
  readonly watch: Watch;
  /** Why people must not be notified of it at present. */
  readonly suppression?: Suppression;
}

/** Within how many buckets of its first incident others may join an alert group. */
export const JOIN_WITHIN = 3;

/** Incidents that can share an alert group have one key: workspace, channel, unit and direction. */
export const groupKeyOf = ({ series, channel }: Watch, { direction }: Incident): string =>
  groupKey(series.workspace, channel, series.unit, direction);

const groupKey = (workspace: string, channel: string, unit: Unit, direction: Direction): string =>
  [workspace, channel, unit, direction].join(".");

/** The keys of all alert groups that a workspace can have in a channel. */
export const groupKeysIn = (workspace: string, channel: string): string[] =>
  (["hour", "day"] as const).flatMap((unit) =>
    (["drop", "spike"] as const).map((direction) => groupKey(workspace, channel, unit, direction)),
  );

/** A new alert group with this incident. */
export const openAlertGroup = (groupKey: string, incident: Incident, unit: Unit): AlertGroup => ({
  id: `${groupKey}@${bucketName(incident.openedAt, unit)}`,
  groupKey,
  openedAt: incident.openedAt,
  members: [incident.id],
  version: 0,
});

/** The alert group with one more incident; unchanged if it is a member already. */
export function joinAlertGroup(alertGroup: AlertGroup, incident: Incident): AlertGroup {
  if (!alertGroup.members.includes(incident.id))
    return { ...alertGroup, members: [...alertGroup.members, incident.id] };
  const moved = alertGroup.moved?.filter(({ incidentId }) => incidentId !== incident.id) ?? [];
  // One that had moved to another channel is back.
  return moved.length === (alertGroup.moved?.length ?? 0) ? alertGroup : { ...alertGroup, moved };
}

/**
 * What the members of an alert group have in common: one incident alone; an app with its segments; so many of the
 * watched apps that the source itself is suspected (tracking, a release, Braze); or just several at once.
 */
export type AlertGroupKind = "one" | "app" | "everything" | "several";

/** Which share of the watched apps, and how many at least, count as "everything". */
const MOST = 0.6;
const MANY = 3;

/** @param watchedApps how many apps of the workspace are watched for the channel. */
export function kindOf(members: readonly Member[], watchedApps: number): AlertGroupKind {
  if (members.length === 1) return "one";
  const apps = new Set(members.map(({ watch }) => watch.series.app ?? "all"));
  if (apps.size >= Math.max(MANY, MOST * watchedApps)) return "everything";
  return apps.size === 1 && isOfOneMetric(members) && members.some(isWholeApp) ? "app" : "several";
}

/** Segments are parts of an app's count of the same metric, and of no other. */
const isOfOneMetric = (members: readonly Member[]): boolean =>
  new Set(members.map(({ watch: { series } }) => metricTitle(series))).size === 1;

const isWatched = ({ incident }: Member): boolean => !incident.unwatched;

const isWholeApp = ({ watch }: Member): boolean => watch.series.segment === undefined;

/**
 * The member that the message names first: one still watched, the app before its segments, else the largest loss or
 * gain.
 */
export function leadOf(members: readonly Member[]): Member {
  return members.toSorted(
    (a, b) =>
      Number(isRetracted(a)) - Number(isRetracted(b)) ||
      Number(isWatched(b)) - Number(isWatched(a)) ||
      Number(isWholeApp(b)) - Number(isWholeApp(a)) ||
      sizeOf(b) - sizeOf(a),
  )[0]!;
}

/** Whether its hours, read again, are as expected. */
export const isRetracted = ({ incident }: Pick<Member, "incident">): boolean =>
  incident.retracted !== undefined;

/** Sessions lost or gained by a member so far. */
export const sizeOf = ({ incident }: Member): number =>
  incident.retracted === undefined ? Math.abs(incident.balance) : 0;

/** The alert group with a record that a member moved to another channel. */
export const moveAway = (alertGroup: AlertGroup, incidentId: string, unwatched: Unwatched): AlertGroup => ({
  ...alertGroup,
  moved: [
    ...(alertGroup.moved ?? []).filter((one) => one.incidentId !== incidentId),
    { ...unwatched, incidentId, isShown: false },
  ],
});
