import type { Cause, Member } from "../incidents/alert-group.ts";
import type { Instant } from "../time/time.ts";
import type { Reached } from "./alert-limit.ts";
import { isAudible } from "./decide.ts";

/** One message in the place of many: what an alert budget had no room for. */
export interface Digest {
  /** Made from what it names: `C0ALERTS1.digest@2026-06-16T14:05`. */
  readonly id: string;
  readonly channel: string;
  readonly since: Instant;
  /** The causes it tells of, in the order in which they came, each with the limit that kept it here. */
  readonly entries: readonly DigestEntry[];
  /** Since when somebody is about to post its message, of which there is to be one. */
  readonly posting?: Instant;
  /** Its message, once there is one, and when that was last edited. */
  readonly ref?: { readonly channel: string; readonly ts: string };
  readonly editedAt?: Instant;
  /** Raised by each write; the store refuses a write onto a version that has passed. */
  readonly version: number;
}

export interface DigestEntry {
  readonly causeId: string;
  readonly reached: Reached;
}

/** The digest with one more cause; the same when it has that already. */
export const enter = (digest: Digest, entry: DigestEntry): Digest =>
  digest.entries.some(({ causeId }) => causeId === entry.causeId)
    ? digest
    : { ...digest, entries: [...digest.entries, entry] };

/** What is to be told in a digest, before it is Slack. */
export interface DigestNotice {
  readonly digest: Pick<Digest, "id" | "since">;
  /** The limits that were reached, each once. */
  readonly reached: readonly Reached[];
  /** All that it tells of. */
  readonly members: readonly DigestMember[];
  /** What nobody was told of before. */
  readonly added: readonly Member[];
}

/** An incident in a digest. */
export interface DigestMember extends Member {
  /** Whether there was room for a message of its own after all. */
  readonly isApart: boolean;
}

/**
 * Puts together what a digest tells.
 * @param causes those it tells of, with their members.
 * @param causeId the one that there is something new to tell of.
 */
export function digestNotice(
  digest: Digest,
  causes: readonly { readonly cause: Cause; readonly members: readonly Member[] }[],
  causeId: string,
): DigestNotice {
  const audible = causes.flatMap(({ cause, members }) =>
    members.filter(isAudible).map((member) => ({ ...member, isApart: cause.ref !== undefined })),
  );
  const reached = new Map(
    digest.entries.map(({ reached }) => [`${reached.of} ${reached.messages} ${reached.within}`, reached]),
  );
  return {
    digest,
    reached: [...reached.values()],
    members: audible,
    added: audible.filter(({ incident }) => incident.causeId === causeId && !incident.told),
  };
}
