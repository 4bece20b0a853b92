import { medianSorted } from "simple-statistics";
import type { SeriesProfile } from "../detector/detector.ts";
import type { Verdict } from "../detector/verdict/verdict.ts";
import { beganAt, type Incident } from "../incidents/incident.ts";
import type { Label } from "../incidents/label.ts";
import type { LikelyCause } from "../incidents/likely-cause.ts";
import type { ProductChange } from "../series/product-changes.ts";
import type { Send } from "../series/sends.ts";
import { type Watch, watchTitle } from "../settings/watch.ts";
import { bucketAt, weeksBefore } from "../time/calendar.ts";
import type { Bucket, Instant } from "../time/time.ts";
import type { AuditedDecision, NotableVerdict } from "./audit.ts";
import { type Drift, driftOf } from "./drift.ts";
import { countLabels, precisionOf } from "./precision.ts";
import { type SendMoved, sendsMoved } from "./sends-moved.ts";
import { type Past, type Suggestion, suggestionFor } from "./suggest.ts";
import { type Period, type WeekTotal, weeksUpTo, weekTotal } from "./totals.ts";

/** The records of one watch over a period. */
export interface WatchedPeriod {
  readonly watch: Watch;
  /** All incidents within the series' history. */
  readonly incidents: readonly Incident[];
  /** Those of the period. */
  readonly entries: readonly { readonly bucket: Bucket; readonly verdict: Verdict["kind"] }[];
  /** Those of the period, in order. */
  readonly decisions: readonly AuditedDecision[];
  readonly verdicts: readonly NotableVerdict[];
  readonly isMuted: boolean;
  readonly past?: Past;
  readonly profile: SeriesProfile;
  /** What its workspace sent in the period and the weeks before. @default nothing that is known */
  readonly sends?: readonly Send[];
}

/** An incident of the period, and the address of its message, if known. */
export interface ReviewedIncident {
  readonly watch: Watch;
  readonly incident: Incident;
  readonly address?: string;
}

/** The review of one watch. */
export interface WatchReview {
  readonly watchId: string;
  readonly title: string;
  readonly series: Watch["series"];
  /** What was counted, and against the week before; left out where nothing is known. */
  readonly total?: WeekTotal;
  /** A slow move over weeks in which it had no incident. */
  readonly drift?: Drift;
  readonly incidents: number;
  readonly critical: number;
  readonly labels: Readonly<Record<Label, number>>;
  /** The median time from the start of an incident to its first notification, in milliseconds. */
  readonly detection?: number;
  readonly evaluated: number;
  readonly notEvaluated: number;
  /** The alert groups of its new messages: a message shared by several watches counts once. */
  readonly messages: readonly string[];
  /** Incidents in an overflow summary, and those that a mute suppressed. */
  readonly overLimit: number;
  readonly muted: number;
  readonly isMuted: boolean;
  /** At most one suggested change. */
  readonly suggestion?: Suggestion;
}

/** The review of all watches, or of those that post in one channel, over a period. */
export interface Review {
  readonly period: Period;
  readonly channel?: string;
  /** Those with most incidents first. */
  readonly watches: readonly WatchReview[];
  /** The incidents that cost or brought the most of a week's total, the biggest first. */
  readonly biggest: readonly ReviewedIncident[];
  /** The next of those that people were notified of and nobody has labelled. */
  readonly unlabelled: readonly ReviewedIncident[];
  /** How many changes people made to them. */
  readonly changes: number;
  /** What changed in the product, oldest first. @default nothing */
  readonly productChanges?: readonly ProductChange[];
  /** The campaigns after whose sends sessions differed most from what is usual, the most first. @default none is known */
  readonly sendsMoved?: readonly SendMoved[];
  /** How many alert groups had each likely cause. @default none is known */
  readonly causes?: CauseCounts;
}

/** How many alert groups had each likely cause, and how many none that is known. */
export interface CauseCounts extends Readonly<Partial<Record<LikelyCause["kind"], number>>> {
  readonly unknown: number;
}

/** Counts alert groups by their likely cause; undefined while none of them is known. */
export function countCauses(
  alertGroupIds: ReadonlySet<string>,
  causes: ReadonlyMap<string, LikelyCause>,
): CauseCounts | undefined {
  const kinds = [...alertGroupIds].map((id) => causes.get(id)?.kind ?? "unknown");
  if (kinds.every((kind) => kind === "unknown")) return undefined;
  const counts: Partial<Record<LikelyCause["kind"] | "unknown", number>> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return { unknown: 0, ...counts };
}

/** Builds the review of a period. */
export const reviewOf = (
  period: Period,
  watched: readonly WatchedPeriod[],
  {
    channel,
    changes = 0,
    productChanges = [],
    causes,
  }: Partial<Pick<Review, "channel" | "changes" | "productChanges" | "causes">> = {},
): Review => {
  const watches = watched
    .map((one) => watchReview(period, one))
    .sort((a, b) => b.incidents - a.incidents || (a.watchId < b.watchId ? -1 : 1));
  const bySize = biggestFirst(period, watched, watches);
  const moved = sendsMoved(period, watched).slice(0, LISTED);
  return {
    period,
    ...(channel && { channel }),
    watches,
    biggest: bySize.slice(0, LISTED),
    unlabelled: bySize.slice(LISTED).filter(isUnlabelled).slice(0, LISTED),
    changes,
    ...(productChanges.length > 0 && { productChanges }),
    ...(moved.length > 0 && { sendsMoved: moved }),
    ...(causes && { causes }),
  };
};

/** Whether somebody who was notified of it can still say what it was. */
export const isUnlabelled = ({ incident }: ReviewedIncident): boolean =>
  incident.lastNotified !== undefined && !incident.labelled;

/** How many incidents a review names. */
const LISTED = 3;

/** The incidents of a period, each measured by the week's total of its series: dollars do not compare with sessions. */
function biggestFirst(
  period: Period,
  watched: readonly WatchedPeriod[],
  reviews: readonly WatchReview[],
): ReviewedIncident[] {
  const totals = new Map(reviews.map(({ watchId, total }) => [watchId, total]));
  const sized = watched.flatMap((one) => {
    const total = totals.get(one.watch.id)?.amount ?? 0;
    return begunIn(period, one).map((incident) => {
      const size = Math.abs(incident.balance);
      return { watch: one.watch, incident, size: size / Math.max(1, total, size) };
    });
  });
  return sized
    .sort((a, b) => b.size - a.size || b.incident.openedAt - a.incident.openedAt)
    .map(({ watch, incident }) => ({ watch, incident }));
}

/** A period in the buckets of a series: a day is named by the UTC midnight of its date. */
export const inBuckets = ({ from, to }: Period, { unit, zone }: SeriesProfile): Period =>
  unit === "hour" ? { from, to } : { from: bucketAt(from, unit, zone), to: bucketAt(to, unit, zone) };

/** The incidents of a watch that opened in a period. */
export function begunIn(period: Period, { incidents, profile }: WatchedPeriod): Incident[] {
  const { from, to } = inBuckets(period, profile);
  return incidents.filter(({ openedAt }) => openedAt >= from && openedAt < to);
}

function watchReview(period: Period, one: WatchedPeriod): WatchReview {
  const { watch, entries, decisions, isMuted, past, profile } = one;
  const incidents = begunIn(period, one);
  const labels = countLabels(incidents);
  const total = past && weekTotal(past, inBuckets(period, profile), watch.series, profile.zone);
  const isCalm = incidents.length === 0;
  const drift = past && isCalm ? driftIn(one, inBuckets(period, profile).to) : undefined;
  const detection = detectionOf(incidents, one);
  const suggestion = labels["false-alarm"] > 0 ? suggestionFor(one) : undefined;
  const notEvaluated = entries.filter(({ verdict }) => verdict === "not-evaluated").length;
  const concerned = (holds: (decision: AuditedDecision["decision"]) => boolean) =>
    new Set(decisions.filter(({ decision }) => holds(decision)).map(({ incidentId }) => incidentId)).size;
  return {
    watchId: watch.id,
    title: watchTitle(watch),
    series: watch.series,
    ...(total && { total }),
    ...(drift && { drift }),
    incidents: incidents.length,
    critical: incidents.filter(({ severity }) => severity === "critical").length,
    labels,
    ...(detection !== undefined && { detection }),
    evaluated: entries.length - notEvaluated,
    notEvaluated,
    messages: messagesOf(one),
    overLimit: concerned((decision) => "suppress" in decision && decision.suppress === "over-limit"),
    muted: concerned((decision) => "suppress" in decision && decision.suppress === "muted"),
    isMuted,
    ...(suggestion && { suggestion }),
  };
}

/** A drift of the weeks up to an instant, unless the watch had an incident in them: people know of that. */
function driftIn({ watch, past, incidents, profile }: WatchedPeriod, end: Instant): Drift | undefined {
  if (!past) return undefined;
  const { unit, zone } = profile;
  const drift = driftOf(weeksUpTo(end, past, watch.series, zone));
  const isKnown =
    drift && incidents.some(({ openedAt }) => openedAt >= weeksBefore(end, drift.weeks, unit, zone));
  return isKnown ? undefined : drift;
}

const messagesOf = ({ decisions, incidents }: WatchedPeriod): string[] => {
  const alertGroupOf = new Map(incidents.map(({ id, alertGroupId }) => [id, alertGroupId]));
  const posted = decisions.filter(({ decision }) => isMessage(decision));
  return [...new Set(posted.map(({ incidentId }) => alertGroupOf.get(incidentId) ?? incidentId))];
};

const isMessage = (decision: AuditedDecision["decision"]): boolean =>
  "notify" in decision && (decision.notify === "opened" || decision.notify === "missed");

/** The time from the first bucket of an incident to the first notification of it. */
function detectionOf(incidents: readonly Incident[], one: WatchedPeriod): number | undefined {
  const delays = incidents.flatMap((incident) => {
    const posted = one.decisions.find(
      ({ incidentId, decision }) => incidentId === incident.id && "notify" in decision,
    );
    return posted ? [posted.at - beganAt(incident)] : [];
  });
  return medianOf(delays);
}

const medianOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : medianSorted(values.toSorted((a, b) => a - b));

/** The sums over these reviews. */
export function totalOf(watches: readonly WatchReview[]) {
  const sum = (count: (watch: WatchReview) => number) =>
    watches.reduce((total, watch) => total + count(watch), 0);
  const labels = {
    real: sum((watch) => watch.labels.real),
    expected: sum((watch) => watch.labels.expected),
    "false-alarm": sum((watch) => watch.labels["false-alarm"]),
    "new-normal": sum((watch) => watch.labels["new-normal"]),
  };
  const incidents = sum((watch) => watch.incidents);
  return {
    labels,
    precision: precisionOf(labels),
    incidents,
    unlabelled: incidents - Object.values(labels).reduce((total, n) => total + n, 0),
    evaluated: sum((watch) => watch.evaluated),
    notEvaluated: sum((watch) => watch.notEvaluated),
    messages: new Set(watches.flatMap((watch) => watch.messages)).size,
    overLimit: sum((watch) => watch.overLimit),
    muted: watches.filter(({ isMuted }) => isMuted).length,
    detection: medianOf(watches.flatMap(({ detection }) => detection ?? [])),
  };
}
