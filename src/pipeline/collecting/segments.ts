import { MINUTE } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { SegmentList } from "../ports/braze.ts";
import { freshList } from "./fresh-list.ts";

export type SegmentsOptions = Pick<Context, "segmentCache" | "clock"> & {
  /** Reads the whole list from Braze. */
  readonly listSegments: SegmentList;
};

/** People make a few segments a day, but the list is asked for with every letter that somebody types. */
const FRESH_FOR = 5 * MINUTE;

/** Lists segments from a short-lived cache; if Braze fails, from at most a day ago. */
export function knownSegments({ listSegments, segmentCache, clock }: SegmentsOptions): SegmentList {
  const list = freshList({
    read: listSegments,
    async known(workspace: string) {
      const kept = await segmentCache.of(workspace);
      return kept && { at: kept.at, items: kept.segments };
    },
    keep: (workspace, { at, items }) => segmentCache.save(workspace, { at, segments: items }),
    nameOf: (workspace) => workspace,
    freshFor: FRESH_FOR,
    clock,
  });
  return (workspace) => list(workspace);
}
