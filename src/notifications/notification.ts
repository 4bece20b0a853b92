import {
  type AlertGroup,
  type AlertGroupKind,
  kindOf,
  leadOf,
  type Member,
} from "../incidents/alert-group.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Watch } from "../settings/watch.ts";
import type { AlertContext } from "./context.ts";
import { isNotifiable, type NotificationReason } from "./decide.ts";

/** What a message says, before it is rendered for Slack. */
export interface Notification {
  readonly reason: NotificationReason;
  readonly kind: AlertGroupKind;
  readonly alertGroup: Pick<AlertGroup, "id">;
  /** All members that people may be notified of, and in the message itself those that are muted. */
  readonly members: readonly Member[];
  /** The member it names first, or the only one. */
  readonly incident: Incident;
  readonly watch: Watch;
  /** The context, while the incident is open. */
  readonly alertContext?: AlertContext;
  /** Whether it went to other destinations while Slack took no messages. */
  readonly isSentElsewhere?: true;
  /** What of its workspace is watched for the channel. */
  readonly watched: Watched;
  /** The zone of the watch it names first. */
  readonly zone: string;
}

/** How many apps and watches are watched. */
export interface Watched {
  readonly apps: number;
  readonly watches: number;
}

/** What a notification needs to know besides its incidents. */
export interface Surroundings {
  readonly watched: Watched;
  readonly zoneOf: (watch: Watch) => string;
}

/** Builds the notification of all members that people may be notified of. */
export const notificationOf = (
  reason: NotificationReason,
  alertGroup: AlertGroup,
  members: readonly Member[],
  surroundings: Surroundings,
): Notification => notificationFor(reason, alertGroup, members.filter(isNotifiable), surroundings);

/** Builds the notification of exactly these members. */
export function notificationFor(
  reason: NotificationReason,
  alertGroup: AlertGroup,
  members: readonly Member[],
  { watched, zoneOf }: Surroundings,
): Notification {
  const { incident, watch } = leadOf(members);
  return {
    reason,
    kind: kindOf(members, watched.apps),
    alertGroup,
    members,
    incident,
    watch,
    watched,
    zone: zoneOf(watch),
  };
}

/** Members of which nobody was notified yet. */
export const newMembers = ({ members }: Notification): Member[] =>
  members.filter(({ incident }) => !incident.lastNotified);
