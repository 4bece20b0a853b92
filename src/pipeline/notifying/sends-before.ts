import { changesBefore } from "../../series/product-changes.ts";
import { SEND_REACH, type Send } from "../../series/sends.ts";
import type { SeriesRef } from "../../series/series.ts";
import { type Bucket, DAY } from "../../time/time.ts";
import type { Context } from "../context.ts";

/** Longer than a day bucket and its reach, by the clock of any zone. */
const AROUND = 3 * DAY;

/** What was sent to the users of a series shortly before the end of a bucket, newest first. */
export async function sendsBefore(
  bucket: Bucket,
  series: SeriesRef,
  zone: string,
  { sends }: Pick<Context, "sends">,
): Promise<Send[]> {
  const near = await sends.between(series.workspace, bucket - AROUND, bucket + AROUND);
  return changesBefore(bucket, series, zone, near, SEND_REACH);
}
