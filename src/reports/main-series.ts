import { isOfSessions } from "../metrics/metrics.ts";
import { seriesId } from "../series/series.ts";
import type { Review, WatchReview } from "./weekly-review.ts";

/** The series that a week is about first, one watch each: whole apps before segments, sessions first, the biggest first. */
export function mainOf({ watches }: Pick<Review, "watches">): WatchReview[] {
  const rank = ({ series, total }: WatchReview) =>
    [series.segment ? 1 : 0, isOfSessions(series) ? 0 : 1, -(total?.value ?? 0)] as const;
  const sorted = watches
    .filter(({ total }) => total)
    .toSorted((a, b) => {
      const [one, other] = [rank(a), rank(b)];
      return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
    });
  const ids = sorted.map(({ series }) => seriesId(series));
  return sorted.filter((_, i) => ids.indexOf(ids[i]!) === i);
}
