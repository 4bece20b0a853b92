import type { Sent } from "../../../src/notifications/delivery.ts";
import type { OutsideAlert } from "../../../src/notifications/outside-alert.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";

/** An alert about one incident. */
export const anAlert = (action: Sent["action"], more: Partial<OutsideAlert> = {}): OutsideAlert => ({
  action,
  key: "main.C0ALERTS1.hour.drop@2026-06-16T12",
  messageId: `pager/main.C0ALERTS1.hour.drop@2026-06-16T12/${action}/${noon}`,
  at: noon + HOUR,
  since: noon,
  severity: "critical",
  summary: "🔴 Critical: iOS down 51% – 610 vs 1,105–1,382 expected sessions",
  details: ["About 640 fewer sessions than expected so far", "Android as expected"],
  links: [{ label: "Runbook", address: "https://wiki.example/ios" }],
  kind: "incident",
  incidents: [
    {
      id: "ios.drop@2026-06-16T12",
      watch: "ios",
      title: "iOS",
      workspace: "main",
      metric: "sessions",
      direction: "drop",
      severity: "critical",
      state: "open",
      since: noon,
      observed: 610,
      expected: 1243,
      low: 1105,
      high: 1382,
    },
  ],
  ...more,
});
