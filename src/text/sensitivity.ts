import type { Sensitivity } from "../settings/watch.ts";

/** A sensitivity as people type it: `low`, `2/month`. */
export const sensitivityWords = (sensitivity: Sensitivity): string =>
  typeof sensitivity === "string" ? sensitivity : `${sensitivity.alertsPerMonth}/month`;
