import type { NotEvaluatedReason, Verdict } from "../detector/verdict/verdict.ts";
import type { Member } from "../incidents/alert-group.ts";
import { type Decision, hasNews, isNotifiable, isReminder, suppressionOf } from "../notifications/decide.ts";
import type { DeliveryAction, Sent } from "../notifications/delivery.ts";
import type { Bucket, Instant } from "../time/time.ts";

/** A verdict that the journal does not hold in full. */
export type NotableVerdict = Exclude<Verdict, { kind: "normal" }>;

/** What was sent about an incident to a destination besides Slack. */
export interface SentElsewhere {
  readonly send: DeliveryAction;
  /** The name of the destination. */
  readonly to: string;
}

/** A decision about an incident at a bucket, after a notification. */
export interface AuditedDecision {
  readonly incidentId: string;
  readonly bucket: Bucket;
  /** When people were last notified; with the rest it identifies the decision, so that one made twice is kept once. */
  readonly notifiedAt?: Instant;
  readonly decision: Decision | SentElsewhere;
  /** When it was first made. */
  readonly at: Instant;
}

/** What became of one bucket of one watch. */
export interface AuditedBucket {
  readonly bucket: Bucket;
  /** Left out if it was never evaluated. */
  readonly verdict?: Verdict["kind"];
  readonly anomaly?: Extract<Verdict, { kind: "anomalous" }>;
  readonly because?: NotEvaluatedReason;
  readonly decisions: readonly AuditedDecision[];
}

/** The verdicts to keep: anomalies, and the first of a run of buckets not evaluated for one reason. */
export function notableOf(verdicts: readonly Verdict[], before?: NotEvaluatedReason): NotableVerdict[] {
  let lasting = before;
  return verdicts.filter((verdict) => {
    const isNew = verdict.kind === "not-evaluated" && verdict.because !== lasting;
    lasting = verdict.kind === "not-evaluated" ? verdict.because : undefined;
    return isNew || verdict.kind === "anomalous";
  }) as NotableVerdict[];
}

/** The decision to notify, or that nothing is new, for each incident it affects. */
export const decisionsFor = (
  decision: Decision,
  members: readonly Member[],
  at: Instant,
): AuditedDecision[] => members.map(({ incident }) => audited(incident, decision, at));

/** The suppression of each incident that people might have been notified of. */
export const suppressionsOf = (members: readonly Member[], at: Instant): AuditedDecision[] =>
  members
    .filter((member) => !isNotifiable(member) && hasNews(member.incident))
    .map(({ incident, watch, suppression }) =>
      audited(incident, { suppress: suppression?.because ?? suppressionOf([{ incident, watch }]) }, at),
    );

/** What a destination was sent, for each incident that it is about. */
export const sentElsewhere = (
  { action, members: ids, at }: Sent,
  to: string,
  members: readonly Member[],
): AuditedDecision[] =>
  members
    .filter(({ incident }) => ids.includes(incident.id))
    .map(({ incident }) => ({
      incidentId: incident.id,
      bucket: incident.lastBucket,
      decision: { send: action, to },
      at,
    }));

const audited = (
  { id, lastBucket, lastNotified }: Member["incident"],
  decision: Decision,
  at: Instant,
): AuditedDecision => ({
  incidentId: id,
  bucket: lastBucket,
  ...(lastNotified && { notifiedAt: lastNotified.at }),
  decision,
  at,
});

/** The incidents whose news a message contains. */
export const affectedBy = (decision: Decision, members: readonly Member[]): Member[] =>
  members.filter(
    (member) =>
      isNotifiable(member) &&
      (hasNews(member.incident) ||
        ("notify" in decision && (isReminder(decision.notify) || decision.notify === "unmuted"))),
  );

/** Builds the audit of these buckets. `notable` reaches back far enough to explain the first. */
export function auditTrail(
  buckets: readonly Bucket[],
  journal: ReadonlyMap<Bucket, Verdict["kind"]>,
  notable: readonly NotableVerdict[],
  decisions: readonly AuditedDecision[],
): AuditedBucket[] {
  return buckets.map((bucket) => {
    const verdict = journal.get(bucket);
    const anomaly = notable.find((one) => one.kind === "anomalous" && one.bucket === bucket);
    const reason = notable.findLast((one) => one.kind === "not-evaluated" && one.bucket <= bucket);
    return {
      bucket,
      ...(verdict && { verdict }),
      ...(anomaly?.kind === "anomalous" && { anomaly }),
      ...(verdict === "not-evaluated" && reason?.kind === "not-evaluated" && { because: reason.because }),
      decisions: decisions.filter((one) => one.bucket === bucket),
    };
  });
}

/** Several buckets in a row without news: normal, and nothing was decided. Both ends included. */
export interface CalmRun {
  readonly from: Bucket;
  readonly to: Bucket;
  readonly buckets: number;
}

/**
 * An audit without its calm: each run of two or more calm buckets as one entry. A run ends where something else happened
 * at one of the instants of `between`, so that entries can be sorted by time.
 */
export function collapsed(
  audited: readonly AuditedBucket[],
  between: readonly Instant[],
): (AuditedBucket | CalmRun)[] {
  const runs: AuditedBucket[][] = [];
  for (const one of audited) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const continues =
      before !== undefined &&
      isCalm(before) &&
      isCalm(one) &&
      !between.some((at) => at > before.bucket && at <= one.bucket);
    if (continues) run!.push(one);
    else runs.push([one]);
  }
  return runs.map((run) =>
    run.length === 1 ? run[0]! : { from: run[0]!.bucket, to: run.at(-1)!.bucket, buckets: run.length },
  );
}

const isCalm = ({ verdict, decisions }: AuditedBucket): boolean =>
  verdict === "normal" && decisions.length === 0;
