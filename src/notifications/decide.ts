import type { Cause, Member } from "../incidents/alert-group.ts";
import { type Incident, isForgone, isRevised } from "../incidents/incident.ts";
import type { Instant } from "../time/time.ts";
import { isLastReminder, type Reminding, remindAt } from "./reminder.ts";
import type { HushReason } from "./suppression.ts";

/**
 * Why something is said. `updated` is an edit in place that notifies nobody; `missed` tells of what was over before
 * anyone could be told (the bot or Slack was down, or the hours were quiet); `unmuted` that a mute is over and this is
 * not; `reminder` that nobody has acknowledged what is critical, `last-reminder` that this is not said again; `labelled`
 * what follows from what somebody said it was, or that they took it back; `retracted` that its hours, read again, are as
 * expected.
 */
export type NoticeReason =
  | "opened"
  | "joined"
  | "worsened"
  | "reopened"
  | "unmuted"
  | "reminder"
  | "last-reminder"
  | "labelled"
  | "updated"
  | "resolved"
  | "retracted"
  | "missed";
/** `over-budget`: a digest tells of it instead of a message of its own. */
export type SilenceReason = HushReason | "over-budget" | "told-already" | "retracted";

export type Decision =
  | { readonly say: NoticeReason }
  | { readonly stayQuiet: SilenceReason; readonly digest?: string };

/** The present, and how patient to be in it. */
export interface Moment {
  readonly now: Instant;
  readonly reminding: Reminding;
}

/** Compares how the incidents of a cause stand with what people were last told about them. */
export function decide(
  { ref, digestId }: Pick<Cause, "ref" | "digestId">,
  members: readonly Member[],
  { now, reminding }: Moment,
): Decision {
  const audible = members.filter(isAudible);
  if (audible.length === 0) return { stayQuiet: hushOf(members) };
  const incidents = audible.map(({ incident }) => incident);

  if (!ref && digestId !== undefined) return decideInDigest(digestId, incidents, { now, reminding });
  // Where there is a message, but nobody is noted to have been told, a crash came between.
  const isNew = !ref || members.every(({ incident }) => !incident.told);
  if (isNew) return { say: incidents.every(isOver) ? "missed" : "opened" };
  if (incidents.some(({ told }) => !told)) return { say: "joined" };
  if (incidents.some((incident) => !isOver(incident) && incident.told?.resolved)) return { say: "reopened" };
  const critical = incidents.filter(isCritical);
  if (critical.length > 0 && critical.every(isWorse)) return { say: "worsened" };
  if (incidents.some(isBackFromMute)) return { say: "unmuted" };
  if (incidents.every(isOver) && incidents.some(isOverUntold)) return { say: "resolved" };
  if (incidents.some(isRetractedUntold)) return { say: "retracted" };
  if (incidents.some(isRelabelled)) return { say: "labelled" };
  const due = incidents.filter((incident) => now >= remindAt(incident, reminding));
  if (due.length > 0) return { say: isLastReminder(due, now, reminding) ? "last-reminder" : "reminder" };
  return incidents.some(hasNews) ? { say: "updated" } : { stayQuiet: "told-already" };
}

/** What a digest tells of is worth a message of its own while it is critical and no better; there may be room by now. */
function decideInDigest(digest: string, incidents: readonly Incident[], moment: Moment): Decision {
  const isDue = incidents.some((incident) => moment.now >= remindAt(incident, moment.reminding));
  if (!isDue && !incidents.some(hasNews)) return { stayQuiet: "told-already" };
  const asBadAsEver = incidents.filter(
    ({ lastBucket, lastAnomalousBucket }) => lastBucket <= lastAnomalousBucket,
  );
  return asBadAsEver.some(isCritical) ? { say: "opened" } : { stayQuiet: "over-budget", digest };
}

/**
 * Whether people may hear of it now. The end of what they were told comes through a mute, not through quiet hours, which
 * only make it wait; what ended before a mute did is never told.
 */
export function isAudible({ incident, hush }: Pick<Member, "incident" | "hush">): boolean {
  if (isForgone(incident)) return false;
  return !hush || (hush.because === "muted" && incident.told !== undefined && isOver(incident));
}

/** Why people hear nothing of members none of which is audible. */
export const hushOf = (members: readonly Member[]): SilenceReason =>
  members.every(({ incident }) => incident.retracted !== undefined)
    ? "retracted"
    : members.every(({ hush }) => hush?.because === "quiet-hours")
      ? "quiet-hours"
      : "muted";

/** Whether something of it was kept back by a mute since people last heard of it, and it goes on. */
export const isBackFromMute = ({ resolvedAt, withheld, told }: Incident): boolean =>
  resolvedAt === undefined && withheld?.because === "muted" && (told === undefined || withheld.at > told.at);

/** Whether people are reminded of what they know. */
export const isReminder = (reason: NoticeReason): boolean =>
  reason === "reminder" || reason === "last-reminder";

/** Whether an incident stands otherwise than people were told. */
export function hasNews(incident: Incident): boolean {
  const { told, severity, resolvedAt, lastBucket, acknowledged } = incident;
  if (!told || told.resolved !== (resolvedAt !== undefined) || isRelabelled(incident)) return true;
  if (isRevised(incident)) return true;
  return (
    resolvedAt === undefined &&
    (told.severity !== severity || lastBucket > told.bucket || told.acknowledgedBy !== acknowledged?.by)
  );
}

/** Whether somebody did something about it, and waits to see that in its message. */
export const isAwaited = ({ told, acknowledged, unwatched, openedAt }: Incident): boolean =>
  told !== undefined &&
  (told.bucket < openedAt ||
    told.acknowledgedBy !== acknowledged?.by ||
    (unwatched !== undefined && !told.resolved));

/** Whether it turned critical since people were told. */
export const isWorse = ({ severity, told }: Incident): boolean =>
  severity === "critical" && told?.severity !== "critical";

/** Whether it was labelled, or its label taken back, since people were told. */
export const isRelabelled = ({ told, labelled }: Incident): boolean => told?.labelled?.at !== labelled?.at;

// That a watch was removed is announced as a change: its message is edited.
const isOverUntold = ({ told, retracted, unwatched }: Incident): boolean =>
  !told?.resolved && retracted === undefined && !unwatched;

/** Whether people do not know yet that it was retracted. */
export const isRetractedUntold = ({ told, retracted }: Incident): boolean =>
  retracted !== undefined && told !== undefined && !told.retracted;

const isOver = ({ resolvedAt }: Incident): boolean => resolvedAt !== undefined;

// What is expected may get as bad as it likes.
const isCritical = (incident: Incident): boolean =>
  incident.severity === "critical" && incident.labelled?.label !== "expected" && !isOver(incident);
