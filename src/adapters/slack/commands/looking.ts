import type { Message } from "../../../pipeline/ports/messages.ts";
import type { AuditedBucket } from "../../../reports/audit.ts";
import type { Preview } from "../../../reports/preview.ts";
import type { Change } from "../../../settings/change.ts";
import type { Watch } from "../../../settings/watch.ts";
import { against } from "../../../text/incidents.ts";
import { counted, times } from "../../../text/numbers.ts";
import { section } from "../blocks/blocks.ts";
import { localWhen } from "../blocks/when.ts";
import { basisBlocks, previewWords } from "../views/preview-blocks.ts";
import { type Answer, answerOf } from "./answer.ts";
import { changeLine } from "./change.ts";
import { listBlocks, listOf } from "./lists.ts";
import { plain } from "./plain.ts";
import { textsOf } from "./terminal.ts";

/** The numbers behind a verdict, in plain words. */
export const whyAnswer = ({ id }: Watch, lines: readonly string[]): Answer => {
  const [headline = "", ...rest] = lines.map((line) => plain(line, 400));
  const bullets = rest.map((line) => `• ${line}`);
  return answerOf(headline, listBlocks(`*\`${id}\`* ${headline}`, bullets), [headline, ...bullets]);
};

/** What would have alerted in the last weeks, also at other sensitivities. */
export const previewAnswer = ({ id }: Watch, preview: Preview): Answer =>
  answerOf(`${id}: preview`, [section(`*\`${id}\`*: ${previewWords(preview)}`), ...basisBlocks(preview)]);

/** A weekly review: its first message. A terminal has room for its thread, too. */
export const reviewAnswer = ([root, ...thread]: readonly Message[]): Answer => ({
  ...root!,
  lines: [root!, ...thread].flatMap(({ blocks }) => textsOf(blocks)),
});

/** The decision for each bucket of a watch, with people's changes in between; newest first. */
export function auditAnswer(
  watch: Watch,
  buckets: readonly AuditedBucket[],
  changes: readonly Change[],
): Answer {
  const { id, series } = watch;
  const headline = `${id}: ${counted(buckets.length, series.unit)}`;
  const lines = [
    ...changes.map((change) => [change.at, changeLine(change, [watch])] as const),
    ...buckets.map((bucket) => [bucket.bucket, auditLine(bucket, series)] as const),
  ];
  const sorted = lines.sort(([a], [b]) => b - a).map(([, line]) => line);
  return listOf(headline, `*\`${id}\`*, newest first`, sorted);
}

function auditLine(
  { bucket, verdict, anomaly, because, decisions }: AuditedBucket,
  series: Watch["series"],
): string {
  const evaluated = because ? `not evaluated (${because})` : (verdict ?? "not evaluated");
  const numbers = anomaly
    ? `: ${anomaly.severity} ${anomaly.direction}, ${against(anomaly.score, series)}, anomaly score ${times(anomaly.score.anomalyScore)}`
    : "";
  const notified = decisions.map(({ decision }) =>
    "notify" in decision ? `*notified: ${decision.notify}*` : `suppressed: ${decision.suppress}`,
  );
  return [`${localWhen(bucket, series.unit)} ${evaluated}${numbers}`, ...notified].join("; ");
}
