import { z } from "zod";
import { PermanentError } from "../../errors.ts";
import type { Segment } from "../../pipeline/ports/braze.ts";
import { type BrazeOptions, brazeConnection } from "./connection.ts";
import { readPages } from "./pages.ts";

const schema = z.object({
  id: z.string().min(1),
  name: z.string(),
  analytics_tracking_enabled: z.boolean(),
});

/** Lists the segments of a workspace from Braze's `/segments/list`, page by page until one is empty. */
export function brazeSegments(
  options: BrazeOptions,
  get = brazeConnection(options),
): () => Promise<Segment[]> {
  return async () => {
    const listed = await readPages(
      (...asked) => authorized(get(...asked)),
      "/segments/list",
      "segments",
      schema,
      ({ id }) => id,
    );
    return listed.map(({ id, name, analytics_tracking_enabled: isTracked }) => ({
      id,
      name: name || id,
      isTracked,
    }));
  };
}

/** The subject of the request, with advice if the key lacks the permission. */
async function authorized(answer: Promise<string>): Promise<string> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof PermanentError) || error.failure !== "braze-no-permission") throw error;
    throw new PermanentError(error.message, {
      failure: error.failure,
      advice:
        "Paste the segment's API identifier instead (Braze shows it with the segment), or make a new key with the permissions sessions.data_series and segments.list: those of a key cannot be changed once it is made.",
      cause: error,
    });
  }
}
