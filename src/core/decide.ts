import type { Cause, Member } from "./cause.ts";
import type { HushReason } from "./hush.ts";
import { type Incident, isForgone } from "./incident.ts";
import { HOUR, type Instant } from "./time.ts";

/**
 * Why something is said. `updated` is an edit in place that notifies nobody; `missed` tells of what was over before
 * anyone could be told (the bot or Slack was down, or the hours were quiet); `unmuted` that a mute is over and this is
 * not; `reminder` that nobody has acknowledged what is critical.
 */
export type NoticeReason =
  | "opened"
  | "joined"
  | "worsened"
  | "reopened"
  | "unmuted"
  | "reminder"
  | "updated"
  | "resolved"
  | "missed";
export type SilenceReason = HushReason | "told-already";

export type Decision = { readonly say: NoticeReason } | { readonly stayQuiet: SilenceReason };

/** The present, and how patient to be in it. */
export interface Moment {
  readonly now: Instant;
  /** How long after the last word a critical incident that nobody acknowledged is said again, in milliseconds; 0: never. */
  readonly remindEvery: number;
}

/** Compares how the incidents of a cause stand with what people were last told about them. */
export function decide(
  { ref }: Pick<Cause, "ref">,
  members: readonly Member[],
  { now, remindEvery }: Moment,
): Decision {
  const audible = members.filter(isAudible);
  if (audible.length === 0) return { stayQuiet: hushOf(members) };
  const incidents = audible.map(({ incident }) => incident);

  // Where there is a message, but nobody is noted to have been told, a crash came between.
  const isNew = !ref || members.every(({ incident }) => !incident.told);
  if (isNew) return { say: incidents.every(isOver) ? "missed" : "opened" };
  if (incidents.some(({ told }) => !told)) return { say: "joined" };
  if (incidents.some((incident) => !isOver(incident) && incident.told?.resolved)) return { say: "reopened" };
  if (isCritical(incidents) && !incidents.some(({ told }) => told?.severity === "critical")) {
    return { say: "worsened" };
  }
  if (incidents.some(isBackFromMute)) return { say: "unmuted" };
  const isNews = incidents.some(hasNews);
  if (isNews && incidents.every(isOver)) return { say: "resolved" };
  if (incidents.some((incident) => now >= remindAt(incident, remindEvery))) return { say: "reminder" };
  return isNews ? { say: "updated" } : { stayQuiet: "told-already" };
}

/**
 * Whether people may hear of it now. The end of what they were told comes through a mute, not through quiet hours, which
 * only make it wait; what began and ended under a mute is never told.
 */
export function isAudible({ incident, hush }: Pick<Member, "incident" | "hush">): boolean {
  if (isForgone(incident)) return false;
  return !hush || (hush.because === "muted" && incident.told !== undefined && isOver(incident));
}

const hushOf = (members: readonly Member[]): HushReason =>
  members.every(({ hush }) => hush?.because === "quiet-hours") ? "quiet-hours" : "muted";

/** Whether something of it was kept back by a mute since people last heard of it, and it goes on. */
export const isBackFromMute = ({ resolvedAt, withheld, told }: Incident): boolean =>
  resolvedAt === undefined && withheld?.because === "muted" && (told === undefined || withheld.at > told.at);

/** How long after the last word people are reminded where nobody says otherwise, in milliseconds. */
export const REMIND_EVERY = 4 * HOUR;

/**
 * When people are to be reminded of an incident, which is never (Infinity) unless it is critical and left alone, and its
 * newest bucket as bad as any.
 */
export function remindAt(incident: Incident, remindEvery: number): Instant {
  const { told, resolvedAt, acknowledged, lastBucket, lastAnomalousBucket } = incident;
  if (lastBucket > lastAnomalousBucket) return Number.POSITIVE_INFINITY;
  const isLeftAlone =
    remindEvery > 0 && told?.severity === "critical" && resolvedAt === undefined && !acknowledged;
  return isLeftAlone ? (told.saidAt ?? told.at) + remindEvery : Number.POSITIVE_INFINITY;
}

/** Whether an incident stands otherwise than people were told. */
export const hasNews = ({ told, severity, resolvedAt, lastBucket, acknowledged }: Incident): boolean =>
  !told ||
  told.resolved !== (resolvedAt !== undefined) ||
  (resolvedAt === undefined &&
    (told.severity !== severity || lastBucket > told.bucket || told.acknowledgedBy !== acknowledged?.by));

const isOver = ({ resolvedAt }: Incident): boolean => resolvedAt !== undefined;

const isCritical = (incidents: readonly Incident[]): boolean =>
  incidents.some((incident) => incident.severity === "critical" && !isOver(incident));
