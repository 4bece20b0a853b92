import { brazeMetricOf } from "../../metrics/metrics.ts";
import type { SeriesSource } from "../../pipeline/ports/braze.ts";
import type { Point } from "../../series/series.ts";
import { dayZoneOf } from "../../series/workspace.ts";
import { type Bucket, bucketsBetween, type Instant, stepOf } from "../../time/time.ts";
import { withEmptyHours } from "./answers/empty-hours.ts";
import { type Count, dayPage, hourPage } from "./answers/rows.ts";
import { brazeClient } from "./client.ts";
import { type BrazeOptions, brazeConnection } from "./connection.ts";
import { readBack } from "./read-back.ts";
import { windowFor } from "./window.ts";

/** Reads a series from Braze, in as many requests as the span needs. */
export function brazeSeries(options: BrazeOptions, get = brazeConnection(options)): SeriesSource {
  const { clock = Date.now, naiveZone = "UTC", zone: ofUsers = "UTC", emptyHours = "unknown" } = options;
  const { companyZone: company } = options;
  const ask = brazeClient(options, get);
  return {
    async points(series, from, to, emptyAmong) {
      const { unit } = series;
      const { longest } = brazeMetricOf(series);
      const companyZone = (typeof company === "function" ? await company() : company) ?? ofUsers;
      const zone = dayZoneOf(series, { zone: ofUsers, companyZone });
      const now = clock();
      if (to < from || from >= now) return [];
      const doubtful = new Set<Bucket>();
      let hasStrays = false;
      const counts = await readBack(from, to, stepOf(unit), async (end) => {
        const window = windowFor(from, end, now, unit, zone, longest);
        const rows = await ask(series, window);
        if (unit === "day") return { window, page: dayPage(rows, zone) };
        const page = hourPage(rows, naiveZone, window.endingAt, window.length);
        for (const bucket of page.unclear) doubtful.add(bucket);
        hasStrays ||= page.hasStrays;
        return { window, page: emptyHours === "zero" ? withEmptyHours(page) : page };
      });
      const buckets = bucketsBetween(from, to, unit);
      const points = pointsOf(counts, buckets, now);
      if (emptyHours !== "zero" || unit === "day" || hasStrays || !emptyAmong) return points;
      const leftOut = buckets.filter((bucket) => !counts.has(bucket) && !doubtful.has(bucket));
      const empty = leftOut.length > 0 ? await emptyAmong(leftOut) : new Set<Bucket>();
      return withZeros(points, leftOut, empty);
    },
  };
}

/** The points with those of the hours left out that are empty. */
const withZeros = (
  points: readonly Point[],
  leftOut: readonly Bucket[],
  empty: ReadonlySet<Bucket>,
): Point[] =>
  [...points, ...leftOut.filter((bucket) => empty.has(bucket)).map((bucket) => ({ bucket, value: 0 }))].sort(
    (a, b) => a.bucket - b.bucket,
  );

/** The buckets that are known and over. */
function pointsOf(counts: ReadonlyMap<Bucket, Count>, buckets: readonly Bucket[], now: Instant): Point[] {
  return buckets.flatMap((bucket) => {
    const count = counts.get(bucket);
    return count && count.ends <= now ? [{ bucket, value: count.value }] : [];
  });
}
