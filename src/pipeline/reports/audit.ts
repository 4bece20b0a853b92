import { InputError } from "../../errors.ts";
import { type AuditedBucket, auditTrail } from "../../reports/audit.ts";
import { KEPT } from "../../settings/limits.ts";
import { type Bucket, bucketsBetween } from "../../time/time.ts";
import type { Context } from "../context.ts";

/** How long decisions are kept, in milliseconds. */

/** The audit of a watch's buckets from `from` to `to`, both included. Throws InputError for an unknown watch. */
export async function auditOf(
  watchId: string,
  from: Bucket,
  to: Bucket,
  { audit, journal, watches }: Pick<Context, "audit" | "journal" | "watches">,
): Promise<AuditedBucket[]> {
  const watch = await watches.byId(watchId);
  if (!watch) throw new InputError(`there is no watch "${watchId}"`);
  const [entries, notable, decisions] = await Promise.all([
    journal.between(watchId, from, to),
    // A run of not evaluated buckets is explained at its first bucket.
    audit.verdicts(watchId, from - KEPT, to),
    audit.decisions(watchId, from),
  ]);
  const verdicts = new Map(entries.map(({ bucket, verdict }) => [bucket, verdict]));
  return auditTrail(bucketsBetween(from, to, watch.series.unit), verdicts, notable, decisions);
}
