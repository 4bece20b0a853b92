import { type Bucket, bucketsBetween, HOUR } from "../../../time/time.ts";
import { MAX_LENGTH } from "../window.ts";
import type { Count, Page } from "./rows.ts";

/**
 * The page with zero sessions in each hour it omits between two others. An hour before the first or after the last
 * stays unknown, and so does every hour while some row of the answer has no place.
 */
export function withEmptyHours(page: Page): Page {
  if (page.hasStrays) return page;
  const counts = new Map<Bucket, Count>(page.counts);
  const known = [...page.counts].sort(([a], [b]) => a - b);
  for (const [place, [bucket, { ends }]] of known.slice(1).entries()) {
    const [before] = known[place]!;
    // A gap wider than an answer can be comes from a bad row.
    if (bucket - before > MAX_LENGTH * HOUR) continue;
    for (const empty of bucketsBetween(before + HOUR, bucket - HOUR, "hour")) {
      if (!page.unclear.has(empty)) counts.set(empty, { value: 0, ends: empty + (ends - bucket) });
    }
  }
  return { ...page, counts };
}
