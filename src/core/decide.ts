import type { Cause, Member } from "./cause.ts";
import type { Incident } from "./incident.ts";

/**
 * Why something is said. `updated` is an edit in place that notifies nobody; `missed` tells of what was over before
 * anyone could be told (the bot or Slack was down).
 */
export type NoticeReason = "opened" | "joined" | "worsened" | "reopened" | "updated" | "resolved" | "missed";
export type SilenceReason = "muted" | "told-already";

export type Decision = { readonly say: NoticeReason } | { readonly stayQuiet: SilenceReason };

/** Compares how the incidents of a cause stand with what people were last told about them. */
export function decide({ ref }: Pick<Cause, "ref">, members: readonly Member[]): Decision {
  const audible = members.filter(isAudible);
  if (audible.length === 0) return { stayQuiet: "muted" };
  const incidents = audible.map(({ incident }) => incident);

  if (!ref) return { say: incidents.every(isOver) ? "missed" : "opened" };
  if (incidents.some(({ told }) => !told)) return { say: "joined" };
  if (incidents.some((incident) => !isOver(incident) && incident.told?.resolved)) return { say: "reopened" };
  if (isCritical(incidents) && !incidents.some(({ told }) => told?.severity === "critical")) {
    return { say: "worsened" };
  }
  const isNews = incidents.some(hasNews);
  if (isNews && incidents.every(isOver)) return { say: "resolved" };
  return isNews ? { say: "updated" } : { stayQuiet: "told-already" };
}

/** A mute silences what nobody was told of; the end of what was told comes through. */
export const isAudible = ({ incident, muted }: Member): boolean =>
  !muted || (incident.told !== undefined && isOver(incident));

/** Whether an incident stands otherwise than people were told. */
export const hasNews = ({ told, severity, resolvedAt, lastBucket }: Incident): boolean =>
  !told ||
  told.resolved !== (resolvedAt !== undefined) ||
  (resolvedAt === undefined && (told.severity !== severity || lastBucket > told.bucket));

const isOver = ({ resolvedAt }: Incident): boolean => resolvedAt !== undefined;

const isCritical = (incidents: readonly Incident[]): boolean =>
  incidents.some((incident) => incident.severity === "critical" && !isOver(incident));
