import type { AuditedDecision } from "../reports/audit.ts";

/** What was decided about a notification, and why: `notified: worsened`, `suppressed: muted`, `pager: triggered`. */
export function decisionWords(decision: AuditedDecision["decision"]): string {
  if ("send" in decision) return `${decision.to}: ${sentWords[decision.send]}`;
  return "notify" in decision ? `notified: ${decision.notify}` : `suppressed: ${decision.suppress}`;
}

/** What a destination was sent. */
const sentWords = {
  trigger: "alert sent",
  acknowledge: "acknowledgement sent",
  resolve: "resolution sent",
} as const;
