import type { AuditedDecision } from "../reports/audit.ts";

/** What was decided about a notification, and why: `notified: worsened`, `suppressed: muted`. */
export const decisionWords = (decision: AuditedDecision["decision"]): string =>
  "notify" in decision ? `notified: ${decision.notify}` : `suppressed: ${decision.suppress}`;
