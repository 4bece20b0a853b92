import { z } from "zod";
import { PermanentError } from "../../errors.ts";
import type { Send } from "../../series/sends.ts";
import { DAY, type Instant } from "../../time/time.ts";
import { listOf, objectOf } from "./answers/answer.ts";
import { instantsOf } from "./answers/time-text.ts";
import { type BrazeOptions, brazeConnection, type GetBraze } from "./connection.ts";

const listed = z.object({ id: z.string().min(1), name: z.string().min(1) });

const details = z.object({
  schedule_type: z.string(),
  last_sent: z.string().nullish(),
  last_entry: z.string().nullish(),
});

const kinds = [
  {
    kind: "campaign",
    list: "/campaigns/list",
    field: "campaigns",
    details: "/campaigns/details",
    query: "campaign_id",
  },
  { kind: "canvas", list: "/canvas/list", field: "canvases", details: "/canvas/details", query: "canvas_id" },
] as const;

/** What was made or edited so shortly before may have been sent at once, without having been in the calendar. */
const EDITED_WITHIN = 2 * DAY;

/**
 * Reads what went out since an instant without having been scheduled: campaigns and Canvases that were edited in the last
 * two days, the newest first. One that is triggered by people or by the API goes out all the time, and is none.
 * @param atMost how many requests it may take: one for each list, the others for details
 */
export function brazeLastSends(
  options: BrazeOptions,
  get: GetBraze = brazeConnection(options),
): (since: Instant, atMost: number) => Promise<Send[]> {
  const { name: workspace, clock = Date.now, zone = "UTC" } = options;

  async function read(
    { kind, list, field, details: path, query }: (typeof kinds)[number],
    since: Instant,
    atMost: number,
  ): Promise<Send[]> {
    const edited = new Date(clock() - EDITED_WITHIN).toISOString();
    const body = await get(list, { page: "0", sort_direction: "desc", "last_edit.time[gt]": edited });
    const found: Send[] = [];
    for (const { id, name } of listOf(body, field, listed).slice(0, Math.max(0, atMost - 1))) {
      const known = objectOf(await get(path, { [query]: id }), details);
      const [time] = instantsOf(known.last_sent ?? known.last_entry ?? "", zone) ?? [];
      if (known.schedule_type === "time_based" && time !== undefined && time >= since)
        found.push({ id, name, kind, time, scope: { workspace } });
    }
    return found;
  }

  return async (since, atMost) => {
    const found: Send[] = [];
    for (const one of kinds)
      try {
        found.push(...(await read(one, since, Math.floor(atMost / kinds.length))));
      } catch (error) {
        // A key may list campaigns and no Canvases.
        if (!(error instanceof PermanentError)) throw error;
      }
    return found;
  };
}
