import type { Suppression } from "../notifications/suppression.ts";
import type { Watch } from "../settings/watch.ts";
import { type Bucket, bucketName, type Unit } from "../time/time.ts";
import type { Incident, Unwatched } from "./incident.ts";

/**
 * What is taken to have one cause, and is one message: incidents of one workspace, told in one channel, that point the
 * same way and began within the same hours.
 */
export interface AlertGroup {
  /** Made from what it names: `main.C0ALERTS1.hour.drop@2026-06-16T12`. */
  readonly id: string;
  /** Where it belongs: see `roomOf`. */
  readonly groupKey: string;
  /** When its first member opened. */
  readonly openedAt: Bucket;
  /** Incidents, in the order in which they joined. */
  readonly members: readonly string[];
  /** Members whose watch tells another channel now, and whether its message says so. */
  readonly moved?: readonly (Unwatched & { readonly incidentId: string; readonly isShown: boolean })[];
  /** The digest that tells of it, since an alert limit had no room for a message of its own. */
  readonly overflowId?: string;
  /** Its message, once there is one. */
  readonly ref?: { readonly channel: string; readonly ts: string };
  /** The image that its message shows, as the notifier writes it. */
  readonly chartImage?: Readonly<Record<string, unknown>>;
  /** Raised by each write; the store refuses a write onto a version that has passed. */
  readonly version: number;
}

/** An incident of a cause, with the watch that found it. */
export interface Member {
  readonly incident: Incident;
  readonly watch: Watch;
  /** Why people are not to be disturbed with it at present. */
  readonly suppression?: Suppression;
}

/** Within how many buckets of its first incident others join a cause. */
export const JOIN_WITHIN = 3;

/** What can have one cause shares a room: workspace, channel, unit and direction. */
export const groupKeyOf = ({ series, channel }: Watch, { direction }: Incident): string =>
  [series.workspace, channel, series.unit, direction].join(".");

/** The cause of an incident that belongs to none there is. */
export const openAlertGroup = (groupKey: string, incident: Incident, unit: Unit): AlertGroup => ({
  id: `${groupKey}@${bucketName(incident.openedAt, unit)}`,
  groupKey,
  openedAt: incident.openedAt,
  members: [incident.id],
  version: 0,
});

/** The cause with one more incident; the same when it has that already. */
export function joinAlertGroup(alertGroup: AlertGroup, incident: Incident): AlertGroup {
  if (!alertGroup.members.includes(incident.id))
    return { ...alertGroup, members: [...alertGroup.members, incident.id] };
  const moved = alertGroup.moved?.filter(({ incidentId }) => incidentId !== incident.id) ?? [];
  // One that was told elsewhere for a while is back.
  return moved.length === (alertGroup.moved?.length ?? 0) ? alertGroup : { ...alertGroup, moved };
}

/**
 * What the members of a cause have in common: one incident alone; an app with its segments; so many of the watched
 * apps that the source itself is suspected (tracking, a release, Braze); or merely several at once.
 */
export type AlertGroupKind = "one" | "app" | "everything" | "several";

/** How large a share of the watched apps makes "everything", and how many apps at least. */
const MOST = 0.6;
const MANY = 3;

/** @param watchedApps how many apps of the workspace are watched for the channel. */
export function kindOf(members: readonly Member[], watchedApps: number): AlertGroupKind {
  if (members.length === 1) return "one";
  const apps = new Set(members.map(({ watch }) => watch.series.app ?? "all"));
  if (apps.size >= Math.max(MANY, MOST * watchedApps)) return "everything";
  return apps.size === 1 && members.some(isWholeApp) ? "app" : "several";
}

const isWatched = ({ incident }: Member): boolean => !incident.unwatched;

const isWholeApp = ({ watch }: Member): boolean => watch.series.segment === undefined;

/** The member a message speaks of first: one still watched, the app before its segments, else the greatest loss or gain. */
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

/** The cause with the note that a member is told in another channel from now on. */
export const moveAway = (alertGroup: AlertGroup, incidentId: string, unwatched: Unwatched): AlertGroup => ({
  ...alertGroup,
  moved: [
    ...(alertGroup.moved ?? []).filter((one) => one.incidentId !== incidentId),
    { ...unwatched, incidentId, isShown: false },
  ],
});
