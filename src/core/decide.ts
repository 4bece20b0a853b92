import type { Incident } from "./incident.ts";

/**
 * Why something is said. `updated` is an edit in place that notifies nobody; `missed` tells of an incident
 * that was over before anyone could be told (the bot or Slack was down).
 */
export type NoticeReason = "opened" | "worsened" | "updated" | "resolved" | "missed";
export type SilenceReason = "muted" | "told-already";

export type Decision = { readonly say: NoticeReason } | { readonly stayQuiet: SilenceReason };

/** Compares how an incident stands with what people were last told about it. */
export function decide(incident: Incident, muted: boolean): Decision {
  const { told } = incident;
  if (incident.resolvedAt !== undefined) {
    if (told) return told.resolved ? { stayQuiet: "told-already" } : { say: "resolved" };
    return muted ? { stayQuiet: "muted" } : { say: "missed" };
  }
  if (muted) return { stayQuiet: "muted" };
  if (!told) return { say: "opened" };
  if (told.severity === "warning" && incident.severity === "critical") return { say: "worsened" };
  return incident.lastBucket > told.bucket ? { say: "updated" } : { stayQuiet: "told-already" };
}
