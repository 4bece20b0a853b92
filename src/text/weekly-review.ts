import { beganAt, hoursOf } from "../incidents/incident.ts";
import { isAddedUp, metricOf } from "../metrics/metrics.ts";
import type { Drift } from "../reports/drift.ts";
import { mainOf } from "../reports/main-series.ts";
import type { SendMoved } from "../reports/sends-moved.ts";
import type { Suggestion } from "../reports/suggest.ts";
import type { Period } from "../reports/totals.ts";
import {
  type CauseCounts,
  isUnlabelled,
  type Review,
  type ReviewedIncident,
  totalOf,
  type WatchReview,
} from "../reports/weekly-review.ts";
import type { ProductChange } from "../series/product-changes.ts";
import { watchTitle } from "../settings/watch.ts";
import { HOUR, stepOf } from "../time/time.ts";
import { depthOf, differenceOf, wordsFor } from "./incidents.ts";
import { amount, change, count, counted, nounOf, ofMetric } from "./numbers.ts";
import { footerOf } from "./review-footer.ts";
import { sendWords } from "./sends.ts";
import { suggestionInWords } from "./suggested-sensitivity.ts";
import { joined, link, name, strong, type Text, text, time } from "./text.ts";
import { lasting, plainWhen } from "./times.ts";

/** A line about an incident, and its id if it wants a label. */
export interface ReviewedText {
  readonly text: Text;
  readonly toLabel?: string;
}

/** All that the weekly review of a channel says. */
export interface ReviewText {
  /** As a notification shows it: the biggest series and the incidents. */
  readonly headline: Text;
  readonly title: string;
  /** The watches, those with something to report first. */
  readonly watches: readonly Text[];
  /** How many more are as usual, and are not listed. */
  readonly others: number;
  readonly biggest: readonly ReviewedText[];
  readonly drifts: readonly Text[];
  readonly unlabelled: readonly ReviewedText[];
  readonly suggestions: readonly {
    readonly text: Text;
    readonly watchId: string;
    readonly suggestion: Suggestion;
  }[];
  /** What changed in the product, in one line; none if nothing did. */
  readonly productChanges: readonly Text[];
  /** The campaigns after which sessions differed most, in one line; none while none is known. */
  readonly sendsMoved: readonly Text[];
  /** The messages by their likely cause, in one line; none while no cause is known. */
  readonly causes: readonly Text[];
  readonly footer: readonly string[];
}

/** The titles of the parts of a review. */
export const reviewTitles = {
  biggest: "Biggest incidents",
  drifts: "Slow moves without an alert",
  unlabelled: "Not labeled either",
  suggestions: "Suggestions",
  apply: "Apply",
  /** What does not fit into the message. */
  otherWatches: "The other watches",
} as const;

/** The maximum suggestions, because people follow one or two a week. */
const SUGGESTED = 3;

/** How many series the notification names. */
const IN_HEADLINE = 3;

/** The watches that a review lists even in a week without news. */
export const REVIEW_LISTED = 8;

/** The week of a channel: what was counted, what happened, and what to do about it. */
export function reviewText(review: Review): ReviewText {
  const { watches, biggest, unlabelled, period } = review;
  const days = `🗓️ ${daysOf(period)}`;
  const totals = totalOf(watches);
  const incidents = counted(totals.incidents, "incident");
  const toLabel = totals.unlabelled > 0 ? `, ${count(totals.unlabelled)} not labeled` : "";
  const main = mainOf(review)
    .slice(0, IN_HEADLINE)
    .map((watch) => text`${name(watch.title)} ${totalWithChange(watch)}`);
  const ordered = [...watches].sort((a, b) => rankOf(a) - rankOf(b) || worthOf(b) - worthOf(a));
  const news = ordered.filter((watch) => rankOf(watch) < CALM).length;
  const listed = ordered.slice(0, Math.max(news, REVIEW_LISTED));
  return {
    headline: text`${days}: ${joined([...main, [incidents]], ", ")}${toLabel}`,
    title: `${days}: ${incidents} in ${counted(totals.messages, "message")}${toLabel}`,
    watches: listed.map(watchLine),
    others: watches.length - listed.length,
    biggest: biggest.map(reviewedText),
    drifts: watches.flatMap(({ title, series, drift }) =>
      drift ? [text`• ${strong([name(title)])}: ${driftInWords(drift, series)}`] : [],
    ),
    unlabelled: unlabelled.map(reviewedText),
    suggestions: watches
      .flatMap(({ title, watchId, suggestion }) =>
        suggestion
          ? [
              {
                text: text`💡 ${strong([name(title)])}: ${suggestionInWords(suggestion)}`,
                watchId,
                suggestion,
              },
            ]
          : [],
      )
      .slice(0, SUGGESTED),
    causes: causesLine(review.causes),
    sendsMoved: sendsLine(review.sendsMoved ?? []),
    productChanges: changesLine(review.productChanges ?? []),
    footer: footerOf(review),
  };
}

const causeNames: Readonly<Record<keyof CauseCounts, string>> = {
  source: "the source",
  release: "a product change",
  send: "a send",
  "missing-send": "a send that did not go out",
  tokens: "revoked push tokens",
  checkout: "where orders are made",
  unknown: "unknown",
};

/** `Likely causes: a product change 2, the source 1, unknown 3`. */
function causesLine(causes: CauseCounts | undefined): Text[] {
  if (!causes) return [];
  const named = (Object.keys(causeNames) as (keyof CauseCounts)[])
    .filter((kind) => (causes[kind] ?? 0) > 0)
    .map((kind) => `${causeNames[kind]} ${count(causes[kind]!)}`);
  return [text`🔎 ${strong("Likely causes")}: ${named.join(", ")}`];
}

/** `📣 Sessions after sends: push Summer Sale 12,340 more than usual (+34%, sent twice)`. */
function sendsLine(moved: readonly SendMoved[]): Text[] {
  if (moved.length === 0) return [];
  const named = moved.map((send) => {
    const { observed, expected, sends } = send;
    const words = observed < expected ? "fewer" : "more";
    const often = sends > 1 ? `, ${count(sends)} sends` : "";
    return text`${sendWords(send)} ${count(Math.abs(observed - expected))} ${words} than usual (${change({ observed, expected }) ?? ""}${often})`;
  });
  return [text`📣 ${strong("Sessions within 4 hours of sends")}: ${joined(named, ", ")}`];
}

/** How many product changes a review names, the newest first. */
const NAMED_CHANGES = 8;

/** `🚀 Changed: iOS 5.2 released (Tue 16 Jun 14:00)`. */
function changesLine(changes: readonly ProductChange[]): Text[] {
  if (changes.length === 0) return [];
  const newest = changes.toReversed().slice(0, NAMED_CHANGES);
  const named = newest.map(({ name: called, time: when, link: address }) => {
    const more = address === undefined ? [] : text`, ${link(address, "details")}`;
    return text`${name(called)} (${plainWhen(when, "hour")}${more})`;
  });
  const rest = changes.length - newest.length;
  return [text`🚀 ${strong("Changed")}: ${joined(named, ", ")}${rest > 0 ? ` and ${count(rest)} more` : ""}`];
}

/** What makes a watch worth a line in its week. */
const CALM = 2;

function rankOf({ incidents, notEvaluated, isMuted, total, overLimit, muted }: WatchReview): number {
  if (incidents > 0 || overLimit > 0 || muted > 0) return 0;
  const { observed = 0, expected = 0 } = total?.against ?? {};
  const hasMoved = expected > 0 && Math.abs(observed / expected - 1) >= NOTABLE;
  return notEvaluated > 0 || isMuted || hasMoved ? 1 : CALM;
}

/** The least change against the week before that is news. */
const NOTABLE = 0.1;

const worthOf = ({ incidents, total }: WatchReview): number => incidents * 1e15 + (total?.value ?? 0);

/** A watch: what was counted, against the week before, and what happened. */
const watchLine = (watch: WatchReview): Text =>
  text`• ${strong([name(watch.title)])}: ${watchInWords(watch)}`;

/** `Mon 15 Jun – Sun 21 Jun`. Noon of a day has the same date in most time zones. */
const daysOf = ({ from, to }: Period): string =>
  `${plainWhen(from + 12 * HOUR, "day")} – ${plainWhen(to - 12 * HOUR, "day")}`;

/** `341,977 sessions (−4%)`. */
const totalWithChange = ({ series, total }: WatchReview): string => {
  const by = total?.against && change(total.against);
  return total ? `${ofMetric(total.value, series)}${by ? ` (${by})` : ""}` : "";
};

/** `341,977 sessions, −4% on the week before`; of a level its mean. */
function totalInWords({ series, total }: WatchReview): string[] {
  if (!total) return [`no ${metricOf(series).noun[1]} known`];
  const { kind } = metricOf(series);
  const by = total.against && change(total.against);
  const missing = total.due - total.known;
  return [
    `${ofMetric(total.value, series)}${kind === "level" ? " on average" : ""}${by ? `, ${by === "0%" ? "as many as" : `${by} on`} the week before` : ""}`,
    ...(missing > 0 ? [`${counted(missing, series.unit)} not known`] : []),
  ];
}

/** The review of one watch in words, without its name. */
export function watchInWords(watch: WatchReview): string {
  const { series, incidents, critical, notEvaluated, overLimit, muted, isMuted } = watch;
  return [
    ...totalInWords(watch),
    ...(incidents > 0
      ? [`${counted(incidents, "incident")}${critical > 0 ? ` (${critical} critical)` : ""}`]
      : []),
    ...(overLimit > 0 ? [`${overLimit} over the alert limit, in an overflow summary`] : []),
    ...(muted > 0 ? [`${muted} not posted because of a mute`] : []),
    ...(notEvaluated > 0 ? [`${counted(notEvaluated, series.unit)} not evaluated`] : []),
    ...(isMuted ? ["muted now"] : []),
  ].join("; ");
}

const reviewedText = (one: ReviewedIncident): ReviewedText => ({
  text: incidentText(one),
  ...(isUnlabelled(one) && { toLabel: one.incident.id }),
});

/** `Android down 40% at worst for 30 hours from Tue 16 Jun 15:00 UTC: about 76,000 fewer sessions`, with a link. */
export function incidentText({ watch, incident, address }: ReviewedIncident): Text {
  const { unit } = watch.series;
  const of = { incident, watch };
  const lasted = lasting(hoursOf(incident, stepOf(unit)), unit);
  const notes = (incident.notes ?? [])
    .slice(-NOTED)
    .map(({ text: written }) => text` · “${name(written, 120)}”`);
  const line = text`${strong([name(watchTitle(watch))])} ${wordsFor(of).moved} ${depthOf(of)}, for ${lasted} from ${time(beganAt(incident), unit)}: ${differenceOf(of)}${nounAfter(watch.series)}${notes.flat()}`;
  return address ? text`${line}  ${link(address, "Open the alert")}` : line;
}

/** How many notes a review quotes of an incident, the newest: mostly the cause and what was done. */
const NOTED = 2;

/** What is missing, where a number does not say it: of money and ratios it does. */
const nounAfter = (series: WatchReview["series"]): string =>
  series.per || /money/.test(metricOf(series).kind) ? "" : ` ${nounOf(series)}`;

/** `falling for 5 weeks, from 1,000 to 860 sessions a week (−14%)`. */
function driftInWords({ direction, weeks, from, to }: Drift, series: WatchReview["series"]): string {
  const by = change({ observed: to, expected: from });
  const a = isAddedUp(series) ? " a week" : "";
  return `${direction === "drop" ? "falling" : "rising"} for ${counted(weeks, "week")}, from ${amount(from, series)} to ${ofMetric(to, series)}${a}${by ? ` (${by})` : ""}`;
}
