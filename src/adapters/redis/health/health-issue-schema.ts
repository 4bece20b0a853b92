import { z } from "zod";
import { healthIssueKinds } from "../../../health/checks.ts";
import type { HealthIssue } from "../../../health/health-issue.ts";
import { instant, text } from "../commands/fields.ts";

const reported = { gist: z.string(), isOver: z.boolean(), at: instant };

/** A health issue as it is stored. */
export const healthIssueSchema: z.ZodType<HealthIssue> = z.object({
  id: text,
  kind: z.enum(healthIssueKinds),
  what: z.array(z.string()),
  detail: z.string(),
  advice: z.string(),
  since: instant,
  missed: z.object({ buckets: z.number(), unit: z.enum(["hour", "day"]) }).exactOptional(),
  grace: z.number(),
  firstSeen: instant,
  lastSeen: instant,
  overAt: instant.exactOptional(),
  logged: z.object(reported).exactOptional(),
  lastNotified: z.object({ ...reported, channel: text, ts: text }).exactOptional(),
});
