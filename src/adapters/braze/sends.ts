import { z } from "zod";
import { CALENDAR_AHEAD } from "../../series/missing-sends.ts";
import type { Send } from "../../series/sends.ts";
import { DAY } from "../../time/time.ts";
import { canonicalZone } from "../../time/zone.ts";
import { listOf } from "./answers/answer.ts";
import { instantsOf } from "./answers/time-text.ts";
import { type BrazeOptions, brazeConnection, type GetBraze } from "./connection.ts";

const schema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  type: z.enum(["Campaign", "Canvas"]),
  next_send_time: z.string(),
  schedule_type: z.string().optional().catch(undefined),
});

/** Reads what Braze is about to send: of what recurs, the next send alone. What was sent is not in the calendar. */
export function brazeSends(
  options: BrazeOptions,
  get: GetBraze = brazeConnection(options),
): () => Promise<Send[]> {
  const { name: workspace, clock = Date.now, zone = "UTC" } = options;
  return async () => {
    const end = new Date(Math.ceil((clock() + CALENDAR_AHEAD) / DAY) * DAY)
      .toISOString()
      .replace(".000Z", "Z");
    const body = await get("/messages/scheduled_broadcasts", { end_time: end });
    return listOf(body, "scheduled_broadcasts", schema).flatMap(
      ({ id, name, type, next_send_time: written, schedule_type: schedule = "" }) => {
        // Without an offset it is a time by the clock that the schedule names, the company's, or by that of each user.
        const [time] = instantsOf(written, canonicalZone(schedule) ?? zone) ?? [];
        const kind = type === "Canvas" ? "canvas" : "campaign";
        return time === undefined ? [] : [{ id, name, kind, time, scope: { workspace } } as const];
      },
    );
  };
}
