import type { AlertGroup, Member } from "../incidents/alert-group.ts";
import type { Instant } from "../time/time.ts";
import type { Reached } from "./alert-limit.ts";
import { isNotifiable } from "./decide.ts";

/** One message in the place of many: what an alert limit had no room for. */
export interface Overflow {
  /** Made from what it names: `C0ALERTS1.digest@2026-06-16T14:05`. */
  readonly id: string;
  readonly channel: string;
  readonly since: Instant;
  /** The causes it tells of, in the order in which they came, each with the limit that kept it here. */
  readonly entries: readonly OverflowEntry[];
  /** Since when somebody is about to post its message, of which there is to be one. */
  readonly posting?: Instant;
  /** Its message, once there is one, and when that was last edited. */
  readonly ref?: { readonly channel: string; readonly ts: string };
  readonly editedAt?: Instant;
  /** Raised by each write; the store refuses a write onto a version that has passed. */
  readonly version: number;
}

export interface OverflowEntry {
  readonly alertGroupId: string;
  readonly reached: Reached;
}

/** The digest with one more cause; the same when it has that already. */
export const enter = (overflow: Overflow, entry: OverflowEntry): Overflow =>
  overflow.entries.some(({ alertGroupId }) => alertGroupId === entry.alertGroupId)
    ? overflow
    : { ...overflow, entries: [...overflow.entries, entry] };

/** What is to be told in a digest, before it is Slack. */
export interface OverflowNotification {
  readonly overflow: Pick<Overflow, "id" | "since">;
  /** The limits that were reached, each once. */
  readonly reached: readonly Reached[];
  /** All that it tells of. */
  readonly members: readonly OverflowMember[];
  /** What nobody was told of before. */
  readonly added: readonly Member[];
}

/** An incident in a digest. */
export interface OverflowMember extends Member {
  /** Whether there was room for a message of its own after all. */
  readonly isApart: boolean;
}

/**
 * Puts together what a digest tells.
 * @param causes those it tells of, with their members.
 * @param causeId the one that there is something new to tell of.
 */
export function overflowNotification(
  overflow: Overflow,
  alertGroups: readonly { readonly alertGroup: AlertGroup; readonly members: readonly Member[] }[],
  alertGroupId: string,
): OverflowNotification {
  const notifiable = alertGroups.flatMap(({ alertGroup, members }) =>
    members.filter(isNotifiable).map((member) => ({ ...member, isApart: alertGroup.ref !== undefined })),
  );
  const reached = new Map(
    overflow.entries.map(({ reached }) => [`${reached.of} ${reached.messages} ${reached.within}`, reached]),
  );
  return {
    overflow,
    reached: [...reached.values()],
    members: notifiable,
    added: notifiable.filter(
      ({ incident }) => incident.alertGroupId === alertGroupId && !incident.lastNotified,
    ),
  };
}
