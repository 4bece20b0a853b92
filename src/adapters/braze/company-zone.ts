import { z } from "zod";
import type { Clock } from "../../pipeline/ports/clock.ts";
import { DAY } from "../../time/time.ts";
import { canonicalZone } from "../../time/zone.ts";
import { listOf } from "./answers/answer.ts";
import { type BrazeOptions, brazeConnection, type GetBraze } from "./connection.ts";

const schema = z.object({ schedule_type: z.string() });

/** How far ahead scheduled messages are looked at. */
const AHEAD = 30 * DAY;

/**
 * Reads the company's time zone from the schedule of its messages: Braze names it there for each one that is sent by the
 * company's clock. Undefined while none is scheduled so.
 */
export function brazeCompanyZone(
  options: BrazeOptions,
  get: GetBraze = brazeConnection(options),
): () => Promise<string | undefined> {
  const clock: Clock = options.clock ?? Date.now;
  return async () => {
    const end = new Date(Math.floor((clock() + AHEAD) / DAY) * DAY).toISOString().replace(".000Z", "Z");
    const body = await get("/messages/scheduled_broadcasts", { end_time: end });
    const zones = listOf(body, "scheduled_broadcasts", schema).map(({ schedule_type: type }) =>
      canonicalZone(type),
    );
    return zones.find((zone) => zone !== undefined);
  };
}
