import { medianSorted } from "simple-statistics";
import type { SeriesProfile } from "../detector/detector.ts";
import type { Verdict } from "../detector/verdict/verdict.ts";
import { beganAt, type Incident } from "../incidents/incident.ts";
import type { Label } from "../incidents/label.ts";
import type { ProductChange } from "../series/product-changes.ts";
import { type Watch, watchTitle } from "../settings/watch.ts";
import { bucketAt } from "../time/calendar.ts";
import type { Bucket, Instant } from "../time/time.ts";
import type { AuditedDecision, NotableVerdict } from "./audit.ts";
import { type Past, type Suggestion, suggestionFor } from "./suggest.ts";

/** From an instant up to another, the latter not included. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

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
}

/** An incident that people were notified of, and the address of its message. */
export interface NotifiedAt {
  readonly openedAt: Bucket;
  readonly address: string;
}

/** The review of one watch. */
export interface WatchReview {
  readonly watchId: string;
  readonly title: string;
  readonly incidents: number;
  readonly critical: number;
  readonly labels: Readonly<Record<Label, number>>;
  /** The share of real ones among those labelled real or false alarm; undefined if there are none. */
  readonly precision?: number;
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
  /** Its newest incidents with the addresses of their messages, as far as known. */
  readonly lastNotified?: readonly NotifiedAt[];
  /** At most one suggested change. */
  readonly suggestion?: Suggestion;
}

/** The review of all watches, or of those that post in one channel, over a period. */
export interface Review {
  readonly period: Period;
  readonly channel?: string;
  /** Those with most incidents first. */
  readonly watches: readonly WatchReview[];
  /** How many changes people made to them. */
  readonly changes: number;
  /** What changed in the product, oldest first. @default nothing */
  readonly productChanges?: readonly ProductChange[];
}

/** Builds the review of a period. */
export const reviewOf = (
  period: Period,
  watched: readonly WatchedPeriod[],
  {
    channel,
    changes = 0,
    productChanges = [],
  }: Partial<Pick<Review, "channel" | "changes" | "productChanges">> = {},
): Review => ({
  period,
  ...(channel && { channel }),
  watches: watched
    .map((one) => watchReview(period, one))
    .sort((a, b) => b.incidents - a.incidents || (a.watchId < b.watchId ? -1 : 1)),
  changes,
  ...(productChanges.length > 0 && { productChanges }),
});

/** A period in the buckets of a series: a day is named by the UTC midnight of its date. */
export const inBuckets = ({ from, to }: Period, { unit, zone }: SeriesProfile): Period =>
  unit === "hour" ? { from, to } : { from: bucketAt(from, unit, zone), to: bucketAt(to, unit, zone) };

/** The incidents of a watch that opened in a period. */
export function begunIn(period: Period, { incidents, profile }: WatchedPeriod): Incident[] {
  const { from, to } = inBuckets(period, profile);
  return incidents.filter(({ openedAt }) => openedAt >= from && openedAt < to);
}

function watchReview(period: Period, one: WatchedPeriod): WatchReview {
  const { watch, entries, decisions, isMuted } = one;
  const incidents = begunIn(period, one);
  const labels = countLabels(incidents);
  const precision = precisionOf(labels);
  const detection = detectionOf(incidents, one);
  const suggestion = labels["false-alarm"] > 0 ? suggestionFor(one) : undefined;
  const notEvaluated = entries.filter(({ verdict }) => verdict === "not-evaluated").length;
  const concerned = (holds: (decision: AuditedDecision["decision"]) => boolean) =>
    new Set(decisions.filter(({ decision }) => holds(decision)).map(({ incidentId }) => incidentId)).size;
  return {
    watchId: watch.id,
    title: watchTitle(watch),
    incidents: incidents.length,
    critical: incidents.filter(({ severity }) => severity === "critical").length,
    labels,
    ...(precision !== undefined && { precision }),
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

const messagesOf = ({ decisions, incidents }: WatchedPeriod): string[] => {
  const alertGroupOf = new Map(incidents.map(({ id, alertGroupId }) => [id, alertGroupId]));
  const posted = decisions.filter(({ decision }) => isMessage(decision));
  return [...new Set(posted.map(({ incidentId }) => alertGroupOf.get(incidentId) ?? incidentId))];
};

const isMessage = (decision: AuditedDecision["decision"]): boolean =>
  "notify" in decision && (decision.notify === "opened" || decision.notify === "missed");

/** How many of these incidents bear each label. */
export function countLabels(incidents: readonly Incident[]): Record<Label, number> {
  const counts = { real: 0, expected: 0, "false-alarm": 0, "new-normal": 0 };
  for (const { labelled } of incidents) if (labelled) counts[labelled.label]++;
  return counts;
}

/**
 * Incidents labelled expected were detected correctly, too, but do not show how well a watch tells trouble from noise.
 */
export const precisionOf = (labels: Readonly<Record<Label, number>>): number | undefined => {
  const evaluated = labels.real + labels["false-alarm"];
  return evaluated === 0 ? undefined : labels.real / evaluated;
};

/** The time from the first bucket of an incident to the first notification of it. */
function detectionOf(incidents: readonly Incident[], one: WatchedPeriod): number | undefined {
  const delays = incidents.flatMap((incident) => {
    const posted = one.decisions.find(
      ({ incidentId, decision }) => incidentId === incident.id && "notify" in decision,
    );
    return posted ? [posted.at - beganAt(incident)] : [];
  });
  return delays.length === 0 ? undefined : medianSorted(delays.toSorted((a, b) => a - b));
}

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
  };
}
