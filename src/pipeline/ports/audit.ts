import type { Verdict } from "../../detector/verdict/verdict.ts";
import type { AuditedDecision, NotableVerdict } from "../../reports/audit.ts";
import type { Bucket, Instant } from "../../time/time.ts";

/** One line of the journal: the verdict on one bucket of one watch, in short. */
export interface JournalEntry {
  readonly bucket: Bucket;
  readonly verdict: Verdict["kind"];
}

/** The verdicts on every bucket of every watch, kept for `KEPT`. Recording a bucket again replaces it. */
export interface Journal {
  record(watchId: string, entries: readonly JournalEntry[]): Promise<void>;
  between(watchId: string, from: Bucket, to: Bucket): Promise<JournalEntry[]>;
}

/** What was decided about each watch and why, kept for `KEPT`: what the journal leaves out. */
export interface AuditStore {
  /** Replaces the verdicts on buckets `from` to `to`. */
  recordVerdicts(
    watchId: string,
    from: Bucket,
    to: Bucket,
    verdicts: readonly NotableVerdict[],
  ): Promise<void>;
  /** A decision that is made again keeps its first record. */
  recordDecisions(watchId: string, decisions: readonly AuditedDecision[]): Promise<void>;
  /** Ascending. */
  verdicts(watchId: string, from: Bucket, to: Bucket): Promise<NotableVerdict[]>;
  /** Those made at or after `since`, in the order in which they were made. */
  decisions(watchId: string, since: Instant): Promise<AuditedDecision[]>;
}
