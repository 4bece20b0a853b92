import { type AuditedBucket, type CalmRun, collapsed } from "../../reports/audit.ts";
import type { Preview } from "../../reports/preview.ts";
import type { Review } from "../../reports/weekly-review.ts";
import type { Change } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import { alertButtons } from "../alert-buttons.ts";
import { decisionWords } from "../audit.ts";
import { against } from "../incidents.ts";
import { counted, times } from "../numbers.ts";
import { previewBasis, previewText } from "../preview.ts";
import { sensitivityWords } from "../sensitivity.ts";
import { code, joined, strong, type Text, text, time } from "../text.ts";
import {
  REVIEW_LISTED,
  type ReviewedText,
  type ReviewText,
  reviewText,
  reviewTitles,
} from "../weekly-review.ts";
import type { WhyText } from "../why.ts";
import {
  type Answer,
  type AnswerPart,
  type AnswerRow,
  footer,
  linesOf,
  list,
  listOf,
  paragraph,
  rows,
  runButton,
} from "./answer.ts";
import { changeLine } from "./changes.ts";

/** The numbers behind a verdict, in plain words. */
export const whyAnswer = ({ id }: Watch, { headline, lines, details }: WhyText): Answer => {
  const bullets = lines.map((line) => text`• ${line}`);
  const steps = details.map((line) => text`• ${line}`);
  const heading = text`Details`;
  return {
    headline: [headline],
    parts: [
      list(text`${idOf(id)} ${headline}`, bullets),
      ...(steps.length > 0 ? [list(heading, steps)] : []),
    ],
    lines: [[headline], ...bullets, ...(steps.length > 0 ? [heading, ...steps] : [])],
  };
};

/** What would have alerted in the last weeks, also at other sensitivities. */
export const previewAnswer = ({ id }: Watch, preview: Preview): Answer => ({
  headline: text`${id}: preview`,
  parts: [
    paragraph(text`${idOf(id)}: ${previewText(preview)}`),
    footer(...previewBasis(preview).map((basis) => [basis])),
  ],
});

/** A weekly review: its first message. The command line has room for its thread, too. */
export function reviewAnswer(review: Review): Answer {
  const {
    headline,
    title,
    watches,
    others,
    biggest,
    drifts,
    unlabelled,
    suggestions,
    productChanges,
    causes,
    sendsMoved,
    footer: small,
  } = reviewText(review);
  const shown = watches.slice(0, REVIEW_LISTED);
  const rest = watches.slice(REVIEW_LISTED);
  const basis = small.map((one) => [one]);
  const more: Text[] = [
    ...(rest.length > 0 ? [text`and ${String(rest.length)} more: see the thread`] : []),
    ...(others > 0 ? [text`${counted(others, "other watch")} as usual`] : []),
  ];
  const parts: AnswerPart[] = [
    list([strong(title)], [...shown, ...more]),
    ...(biggest.length > 0 ? [rows([strong(reviewTitles.biggest)], biggest.map(toLabel))] : []),
    ...(drifts.length > 0 ? [list([strong(reviewTitles.drifts)], drifts)] : []),
    ...(unlabelled.length > 0 ? [rows([strong(reviewTitles.unlabelled)], unlabelled.map(toLabel))] : []),
    ...(suggestions.length > 0 ? [rows([strong(reviewTitles.suggestions)], suggestions.map(toApply))] : []),
    ...causes.map(paragraph),
    ...sendsMoved.map(paragraph),
    ...productChanges.map(paragraph),
    footer(...basis),
  ];
  const thread = rest.length > 0 ? [[reviewTitles.otherWatches], ...rest] : [];
  return { headline, parts, lines: [...parts.flatMap(linesOf), ...thread] };
}

const toLabel = ({ text, toLabel: incidentId }: ReviewedText): AnswerRow => ({
  text,
  ...(incidentId && { button: { label: alertButtons.label, action: { do: "label", incidentId } } }),
});

const toApply = ({ text, watchId, suggestion }: ReviewText["suggestions"][number]): AnswerRow => ({
  text,
  button: runButton(
    reviewTitles.apply,
    `edit ${watchId} sensitivity:${sensitivityWords(suggestion.suggested.sensitivity)}`,
  ),
});

/** The decision for each bucket of a watch, calm ones together, with people's changes in between; newest first. */
export function auditAnswer(
  watch: Watch,
  buckets: readonly AuditedBucket[],
  changes: readonly Change[],
): Answer {
  const { id, series } = watch;
  const lines = [
    ...changes.map((change) => [change.at, changeLine(change, [watch])] as const),
    ...collapsed(
      buckets,
      changes.map(({ at }) => at),
    ).map((entry) =>
      "buckets" in entry
        ? ([entry.to, calmLine(entry, series)] as const)
        : ([entry.bucket, auditLine(entry, series)] as const),
    ),
  ];
  const sorted = lines.sort(([a], [b]) => b - a).map(([, line]) => line);
  return listOf(
    text`${id}: ${counted(buckets.length, series.unit)}`,
    text`${idOf(id)}, newest first`,
    sorted,
  );
}

/** `Mon 15 Jun 00:00 UTC – Mon 15 Jun 13:00 UTC: 14 hours normal`. */
const calmLine = ({ from, to, buckets }: CalmRun, { unit }: Watch["series"]): Text =>
  text`${time(from, unit)} – ${time(to, unit)}: ${counted(buckets, unit)} normal`;

function auditLine(
  { bucket, verdict, anomaly, because, decisions }: AuditedBucket,
  series: Watch["series"],
): Text {
  const evaluated = because ? `not evaluated (${because})` : (verdict ?? "not evaluated");
  const numbers = anomaly
    ? `: ${anomaly.severity} ${anomaly.direction}, ${against(anomaly.score, series)}, anomaly score ${times(anomaly.score.anomalyScore)}`
    : "";
  const notified = decisions.map(({ decision }) => {
    const words = decisionWords(decision);
    return "suppress" in decision ? [words] : [strong(words)];
  });
  return joined([text`${time(bucket, series.unit)} ${evaluated}${numbers}`, ...notified], "; ");
}

const idOf = (id: string) => strong([code(id)]);
