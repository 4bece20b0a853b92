import type { Verdict } from "../../detector/verdict.ts";
import type { AuditedDecision, NotableVerdict } from "../../reports/audit.ts";
import type { Bucket, Instant } from "../../time/time.ts";

/** One line of the journal: what was said of one bucket of one watch. */
export interface JournalEntry {
  readonly bucket: Bucket;
  readonly verdict: Verdict["kind"];
}

/** What became of every bucket of every watch, for as long as `KEPT`. Recording the same bucket again replaces it. */
export interface Journal {
  record(watchId: string, entries: readonly JournalEntry[]): Promise<void>;
  between(watchId: string, from: Bucket, to: Bucket): Promise<JournalEntry[]>;
}

/** What was decided of each watch and why, for as long as `KEPT`: what the journal does not tell. */
export interface AuditStore {
  /** Replaces what is kept of buckets `from` to `to`. */
  recordVerdicts(
    watchId: string,
    from: Bucket,
    to: Bucket,
    verdicts: readonly NotableVerdict[],
  ): Promise<void>;
  /** A decision that is made again is kept as it was first made. */
  recordDecisions(watchId: string, decisions: readonly AuditedDecision[]): Promise<void>;
  /** Ascending. */
  verdicts(watchId: string, from: Bucket, to: Bucket): Promise<NotableVerdict[]>;
  /** Those made at or after `since`, in the order in which they were made. */
  decisions(watchId: string, since: Instant): Promise<AuditedDecision[]>;
}
