import { z } from "zod";
import { type Blindness, blindnessKinds } from "../../../health/health-issue.ts";
import { instant } from "../schemas.ts";

const text = z.string().min(1);
const said = { gist: z.string(), isOver: z.boolean(), at: instant };

/** A blindness as it is stored. */
export const blindnessSchema: z.ZodType<Blindness> = z.object({
  id: text,
  kind: z.enum(blindnessKinds),
  what: z.array(z.string()),
  detail: z.string(),
  advice: z.string(),
  since: instant,
  grace: z.number(),
  firstSeen: instant,
  lastSeen: instant,
  overAt: instant.exactOptional(),
  logged: z.object(said).exactOptional(),
  told: z.object({ ...said, channel: text, ts: text }).exactOptional(),
});
