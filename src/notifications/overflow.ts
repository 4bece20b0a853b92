import type { AlertGroup, Member } from "../incidents/alert-group.ts";
import type { Watch } from "../settings/watch.ts";
import type { Instant } from "../time/time.ts";
import type { Reached } from "./alert-limit.ts";
import { isNotifiable } from "./decide.ts";

/** One message for the alerts beyond an alert limit. */
export interface Overflow {
  /** Made from its subject: `C0ALERTS1.overflow@2026-06-16T14:05`. */
  readonly id: string;
  readonly channel: string;
  readonly since: Instant;
  /** The alert groups it lists, in order of arrival, each with the limit that was reached. */
  readonly entries: readonly OverflowEntry[];
  /** Since when a worker is about to post its message, which must be posted once. */
  readonly posting?: Instant;
  /** Its message, once there is one, and when it was last edited. */
  readonly ref?: { readonly channel: string; readonly ts: string };
  readonly editedAt?: Instant;
  /** Raised by each write; the store refuses a write based on an older version. */
  readonly version: number;
}

export interface OverflowEntry {
  readonly alertGroupId: string;
  readonly reached: Reached;
}

/** The summary with one more alert group; unchanged if it is listed already. */
export const enter = (overflow: Overflow, entry: OverflowEntry): Overflow =>
  overflow.entries.some(({ alertGroupId }) => alertGroupId === entry.alertGroupId)
    ? overflow
    : { ...overflow, entries: [...overflow.entries, entry] };

/** What an overflow summary says, before it is rendered for Slack. */
export interface OverflowNotification {
  readonly overflow: Pick<Overflow, "id" | "since">;
  /** The limits that were reached, each once. */
  readonly reached: readonly Reached[];
  /** All incidents it lists. */
  readonly members: readonly OverflowMember[];
  /** Those that nobody was notified of before. */
  readonly added: readonly Member[];
  /** The zone of the first of them. */
  readonly zone: string;
}

/** An incident in an overflow summary. */
export interface OverflowMember extends Member {
  /** Whether it got a message of its own after all. */
  readonly isApart: boolean;
}

/**
 * Builds the notification of an overflow summary.
 * @param alertGroups the alert groups it lists, with their members.
 * @param alertGroupId the group that is new or changed.
 */
export function overflowNotification(
  overflow: Overflow,
  alertGroups: readonly { readonly alertGroup: AlertGroup; readonly members: readonly Member[] }[],
  alertGroupId: string,
  zoneOf: (watch: Watch) => string,
): OverflowNotification {
  const notifiable = alertGroups.flatMap(({ alertGroup, members }) =>
    members.filter(isNotifiable).map((member) => ({ ...member, isApart: alertGroup.ref !== undefined })),
  );
  const reached = new Map(
    overflow.entries.map(({ reached }) => [`${reached.of} ${reached.messages} ${reached.within}`, reached]),
  );
  return {
    overflow,
    zone: notifiable[0] ? zoneOf(notifiable[0].watch) : "UTC",
    reached: [...reached.values()],
    members: notifiable,
    added: notifiable.filter(
      ({ incident }) => incident.alertGroupId === alertGroupId && !incident.lastNotified,
    ),
  };
}
