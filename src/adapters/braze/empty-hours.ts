import { type Bucket, bucketsBetween } from "../../core/time.ts";
import type { Count, Page } from "./rows.ts";

/**
 * The page with zero sessions in each hour it leaves out between two that it tells. An hour before the first or
 * after the last stays unknown, and so does every one while some row of the answer found no place.
 */
export function withEmptyHours(page: Page): Page {
  const known = [...page.counts.keys()].sort((a, b) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || page.hasStrays) return page;

  const lag = page.counts.get(first)!.ends - first;
  const counts = new Map<Bucket, Count>(page.counts);
  for (const bucket of bucketsBetween(first, last, "hour")) {
    if (!counts.has(bucket) && !page.unclear.has(bucket))
      counts.set(bucket, { sessions: 0, ends: bucket + lag });
  }
  return { ...page, counts };
}
