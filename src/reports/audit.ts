import type { NotEvaluatedReason, Verdict } from "../detector/verdict.ts";
import type { Member } from "../incidents/alert-group.ts";
import { type Decision, hasNews, isNotifiable, isReminder, suppressionOf } from "../notifications/decide.ts";
import type { Bucket, Instant } from "../time/time.ts";

/** A verdict that the journal does not tell in full. */
export type NotableVerdict = Exclude<Verdict, { kind: "normal" }>;

/** What was decided about an incident as it stood at a bucket, and as people had been told of it. */
export interface AuditedDecision {
  readonly incidentId: string;
  readonly bucket: Bucket;
  /** When people had last been told; with the rest it names the decision, so that one made twice is kept once. */
  readonly toldAt?: Instant;
  readonly decision: Decision;
  /** When it was first made. */
  readonly at: Instant;
}

/** What became of one bucket of one watch. */
export interface AuditedBucket {
  readonly bucket: Bucket;
  /** Left out where it was never evaluated. */
  readonly verdict?: Verdict["kind"];
  readonly anomaly?: Extract<Verdict, { kind: "anomalous" }>;
  readonly because?: NotEvaluatedReason;
  readonly decisions: readonly AuditedDecision[];
}

/** The verdicts to keep: anomalies, and of not evaluated buckets in a row for one reason the first. */
export function notableOf(verdicts: readonly Verdict[], before?: NotEvaluatedReason): NotableVerdict[] {
  let lasting = before;
  return verdicts.filter((verdict) => {
    const isNew = verdict.kind === "not-evaluated" && verdict.because !== lasting;
    lasting = verdict.kind === "not-evaluated" ? verdict.because : undefined;
    return isNew || verdict.kind === "anomalous";
  }) as NotableVerdict[];
}

/** What a decision to say something, or that all is told, comes to for each incident it concerns. */
export const decisionsFor = (
  decision: Decision,
  members: readonly Member[],
  at: Instant,
): AuditedDecision[] => members.map(({ incident }) => audited(incident, decision, at));

/** What is kept from people, and why, for each incident of which they might have heard. */
export const suppressionsOf = (members: readonly Member[], at: Instant): AuditedDecision[] =>
  members
    .filter((member) => !isNotifiable(member) && hasNews(member.incident))
    .map(({ incident, watch, suppression }) =>
      audited(incident, { suppress: suppression?.because ?? suppressionOf([{ incident, watch }]) }, at),
    );

const audited = (
  { id, lastBucket, lastNotified }: Member["incident"],
  decision: Decision,
  at: Instant,
): AuditedDecision => ({
  incidentId: id,
  bucket: lastBucket,
  ...(lastNotified && { toldAt: lastNotified.at }),
  decision,
  at,
});

/** Whose news a message told: those about whom it says something else than was said before. */
export const affectedBy = (decision: Decision, members: readonly Member[]): Member[] =>
  members.filter(
    (member) =>
      isNotifiable(member) &&
      (hasNews(member.incident) ||
        ("notify" in decision && (isReminder(decision.notify) || decision.notify === "unmuted"))),
  );

/** Puts together what became of each of these buckets. `notable` reaches back far enough to explain the first. */
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
