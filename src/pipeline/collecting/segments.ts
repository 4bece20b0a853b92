import { HOUR, MINUTE } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { Segment, SegmentList } from "../ports/braze.ts";

export type SegmentsOptions = Pick<Context, "segmentCache" | "clock"> & {
  /** Reads the whole list from Braze. */
  readonly listSegments: SegmentList;
};

/** People make a few segments a day, but the list is asked for with every letter that somebody types. */
const FRESH_FOR = 5 * MINUTE;

/** How long an old list is better than none while Braze fails. */
const USEFUL_FOR = 24 * HOUR;

/** How long after a refusal Braze is not asked again. */
const REFUSED_FOR = MINUTE;

/** Lists segments from a short-lived cache; if Braze fails, from at most a day ago. */
export function knownSegments({ listSegments, segmentCache, clock }: SegmentsOptions): SegmentList {
  const refusals = new Map<string, { readonly error: unknown; readonly at: number }>();

  async function afresh(workspace: string): Promise<Segment[]> {
    const refused = refusals.get(workspace);
    if (refused && clock() - refused.at < REFUSED_FOR) throw refused.error;
    try {
      const segments = await listSegments(workspace);
      await segmentCache.save(workspace, { at: clock(), segments });
      refusals.delete(workspace);
      return segments;
    } catch (error) {
      if (!refused || error !== refused.error) refusals.set(workspace, { error, at: clock() });
      throw error;
    }
  }

  return async (workspace) => {
    const known = await segmentCache.of(workspace);
    const age = known ? clock() - known.at : Number.POSITIVE_INFINITY;
    if (known && age < FRESH_FOR) return [...known.segments];
    try {
      return await afresh(workspace);
    } catch (error) {
      if (known && age < USEFUL_FOR) return [...known.segments];
      throw error;
    }
  };
}
