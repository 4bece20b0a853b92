import type { Bucket } from "../../time/time.ts";
import type { Count, Page } from "./answers/rows.ts";
import type { Window } from "./client.ts";

/** How far a page overlaps the newer one, in buckets, so that no doubled hour is cut in two. */
const OVERLAP = 2;

/** After this many pages in a row without a new bucket, Braze's history counts as ended. */
const BARREN_PAGES = 2;

/** The least average number of new buckets per page, so that reading always ends. */
const LEAST_PER_PAGE = 8;

/** Reads one page that ends with bucket `end`. */
export type ReadPage = (end: Bucket) => Promise<{ readonly window: Window; readonly page: Page }>;

/** Reads from bucket `to` back to `from`, page by page, until all is read or nothing more comes. */
export async function readBack(
  from: Bucket,
  to: Bucket,
  step: number,
  readPage: ReadPage,
): Promise<ReadonlyMap<Bucket, Count>> {
  const known = new Map<Bucket, Count>();
  const mostPages = BARREN_PAGES + Math.ceil((to - from + step) / (LEAST_PER_PAGE * step));
  let end = to;
  let barren = 0;
  for (let pages = 0; pages < mostPages && barren < BARREN_PAGES && end >= from; pages++) {
    const { window, page } = await readPage(end);
    const buckets = [...page.counts.keys()].filter((bucket) => bucket <= window.endingAt);
    const fresh = buckets.filter((bucket) => !known.has(bucket));
    // The newer page saw the whole bucket; this one may have been cut at its end.
    for (const bucket of fresh) known.set(bucket, page.counts.get(bucket)!);

    barren = fresh.length === 0 ? barren + 1 : 0;
    // After a short answer, reading continues where it stopped; one without new buckets counts as read to its start.
    const reached = barren > 0 ? window.endingAt - window.length * step : Math.min(...buckets);
    if (reached <= from) break;
    end = Math.min(end - step, Math.floor(reached / step) * step + OVERLAP * step);
  }
  return known;
}
