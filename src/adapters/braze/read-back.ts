import type { Bucket } from "../../core/time.ts";
import type { Window } from "./client.ts";
import type { Count, Page } from "./rows.ts";

/** How far a page reaches into the newer one, in buckets: no doubled hour is cut in two. */
const OVERLAP = 2;

/** A page with fewer new buckets than this has brought nothing worth going on for. */
const FEW = 4;

/** After this many such pages in a row, Braze's history is taken to have ended. */
const BARREN_PAGES = 2;

/** Reads one page that ends with bucket `end`. */
export type ReadPage = (end: Bucket) => Promise<{ readonly window: Window; readonly page: Page }>;

/** Reads from bucket `to` back to `from`, page by page, until all is told or nothing more comes. */
export async function readBack(
  from: Bucket,
  to: Bucket,
  step: number,
  readPage: ReadPage,
): Promise<ReadonlyMap<Bucket, Count>> {
  const known = new Map<Bucket, Count>();
  let end = to;
  for (let barren = 0; end >= from && barren < BARREN_PAGES; ) {
    const { window, page } = await readPage(end);
    const buckets = [...page.counts.keys()].filter((bucket) => bucket <= window.endingAt);
    const fresh = buckets.filter((bucket) => !known.has(bucket));
    // The newer page saw the bucket whole; this one may have been cut at its end.
    for (const bucket of fresh) known.set(bucket, page.counts.get(bucket)!);

    barren = fresh.length < FEW ? barren + 1 : 0;
    // A short answer is gone on from where it stopped; one without news counts as read to its beginning.
    const reached = barren > 0 ? window.endingAt - window.length * step : Math.min(...buckets);
    if (reached <= from) break;
    end = Math.min(end - step, Math.floor(reached / step) * step + OVERLAP * step);
  }
  return known;
}
