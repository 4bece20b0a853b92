import { type Cause, type CauseKind, kindOf, leadOf, type Member } from "../incidents/alert-group.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Watch } from "../settings/watch.ts";
import type { Circumstances } from "./context.ts";
import { isAudible, type NoticeReason } from "./decide.ts";

/** What is to be said of a cause, before it is Slack. */
export interface Notice {
  readonly reason: NoticeReason;
  readonly kind: CauseKind;
  readonly cause: Pick<Cause, "id">;
  /** All members that may be spoken of. */
  readonly members: readonly Member[];
  /** The member it speaks of first, or alone. */
  readonly incident: Incident;
  readonly watch: Watch;
  /** What is known around it, while it goes on. */
  readonly around?: Circumstances;
}

/** Puts together what is to be said. @param watchedApps how many apps of the workspace are watched for the channel. */
export function noticeOf(
  reason: NoticeReason,
  cause: Cause,
  members: readonly Member[],
  watchedApps: number,
): Notice {
  const audible = members.filter(isAudible);
  const { incident, watch } = leadOf(audible);
  return { reason, kind: kindOf(audible, watchedApps), cause, members: audible, incident, watch };
}

/** Members of which nobody was told yet. */
export const newMembers = ({ members }: Notice): Member[] => members.filter(({ incident }) => !incident.told);
