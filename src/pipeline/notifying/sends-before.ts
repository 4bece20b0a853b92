import { type MissingSend, missingSends } from "../../series/missing-sends.ts";
import { changesBefore } from "../../series/product-changes.ts";
import { SEND_REACH, type Send } from "../../series/sends.ts";
import type { SeriesRef } from "../../series/series.ts";
import { type Bucket, DAY, WEEK } from "../../time/time.ts";
import type { Context } from "../context.ts";

/** As far back as a weekly send is looked for. */
const BACK = 5 * WEEK;

/** Longer than a day bucket and its reach, by the clock of any zone. */
const AHEAD = 3 * DAY;

/** What was sent around a bucket. */
export interface SendsAround {
  /** What went out shortly before its end, newest first. */
  readonly sends: readonly Send[];
  /** What did not, though it did at this time of the weeks before. Nothing for a bucket of a day. */
  readonly missing: readonly MissingSend[];
}

/** What was sent to the users of a series shortly before the end of a bucket, and what was not. */
export async function sendsBefore(
  bucket: Bucket,
  series: SeriesRef,
  zone: string,
  { sends }: Pick<Context, "sends">,
): Promise<SendsAround> {
  const { workspace, unit } = series;
  const near = await sends.between(workspace, bucket - BACK, bucket + AHEAD);
  return {
    sends: changesBefore(bucket, series, zone, near, SEND_REACH),
    missing:
      unit === "hour" && near.length > 0
        ? missingSends(bucket, zone, near, await sends.known(workspace))
        : [],
  };
}
