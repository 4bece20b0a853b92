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
  /** All members that people may be notified of. */
  readonly members: readonly Member[];
  /** The member it names first, or the only one. */
  readonly incident: Incident;
  readonly watch: Watch;
  /** The context, while the incident is open. */
  readonly alertContext?: AlertContext;
}

/** Builds the notification. @param watchedApps how many apps of the workspace are watched for the channel. */
export function notificationOf(
  reason: NotificationReason,
  alertGroup: AlertGroup,
  members: readonly Member[],
  watchedApps: number,
): Notification {
  const notifiable = members.filter(isNotifiable);
  const { incident, watch } = leadOf(notifiable);
  return { reason, kind: kindOf(notifiable, watchedApps), alertGroup, members: notifiable, incident, watch };
}

/** Members of which nobody was notified yet. */
export const newMembers = ({ members }: Notification): Member[] =>
  members.filter(({ incident }) => !incident.lastNotified);
