import { InputError } from "../../errors.ts";
import type { Context } from "../../pipeline/context.ts";
import { auditOf } from "../../pipeline/reports/audit.ts";
import type { AuditedBucket, AuditedDecision } from "../../reports/audit.ts";
import { KEPT, KEPT_DAYS } from "../../settings/limits.ts";
import type { Watch } from "../../settings/watch.ts";
import { bucketAt } from "../../time/calendar.ts";
import { type Bucket, stepOf } from "../../time/time.ts";
import { instantOf, minuteName } from "../instant.ts";
import type { Typist } from "./mutes.ts";
import { USAGE, type WatchValues } from "./options.ts";

/** `audit WATCH [--from …] [--to …]`: one line per bucket with the decisions below it; without times, the newest 24. */
export async function auditCommand(
  watchId: string | undefined,
  values: WatchValues,
  { now, zone }: Typist,
  deps: Pick<Context, "audit" | "journal" | "watches">,
): Promise<string> {
  const watch = watchId && (await deps.watches.byId(watchId));
  if (!watch) throw new InputError(`unknown watch. List them: npm run watch -- list\n\n${USAGE}`);
  const { unit } = watch.series;
  const step = stepOf(unit);
  const bucketOf = (text: string): Bucket =>
    bucketAt(instantOf(text, { now, zone, toward: "past" }), unit, zone);
  const newest = bucketAt(now, unit, zone) - step;
  const to = values.to ? Math.min(bucketOf(values.to), newest) : newest;
  const from = values.from ? bucketOf(values.from) : to - 23 * step;
  if (from > to) throw new InputError("--from is after --to");
  if (from < now - KEPT - step)
    throw new InputError(
      `there is no audit log for ${minuteName(from)}. It goes back ${KEPT_DAYS} days, to ${minuteName(now - KEPT)}`,
    );
  const buckets = await auditOf(watch.id, from, to, deps);
  return buckets.flatMap((bucket) => auditLines(bucket, watch)).join("\n");
}

/** The result of a bucket in one line, and each decision about it in another. */
export const auditLines = (
  { bucket, verdict, anomaly, because, decisions }: AuditedBucket,
  { series }: Pick<Watch, "series">,
): string[] => [
  [
    nameOf(bucket, series.unit),
    because ? `not evaluated (${because})` : (verdict ?? "not evaluated"),
    numbersOf(anomaly),
  ]
    .filter((word) => word !== "")
    .join("  "),
  ...decisions.map((one) => `    ${minuteName(one.at)}  ${wordsFor(one)}  ${one.incidentId}`),
];

function numbersOf(anomaly: AuditedBucket["anomaly"]): string {
  if (!anomaly) return "";
  const { direction, severity, score } = anomaly;
  const [observed, low, high] = [score.observed, score.low, score.high].map((count) =>
    Math.round(count).toLocaleString("en"),
  );
  const span = score.window > 1 ? ` over ${score.window} together` : "";
  return `${severity} ${direction}: ${observed}, expected ${low}–${high}, anomaly score ${score.anomalyScore.toFixed(1)}${span}`;
}

const wordsFor = ({ decision }: AuditedDecision): string =>
  "notify" in decision
    ? `notified: ${decision.notify}`
    : `suppressed: ${[decision.suppress, decision.overflow].filter(Boolean).join(", in overflow summary ")}`;

const nameOf = (bucket: number, unit: Watch["series"]["unit"]): string =>
  unit === "day" ? new Date(bucket).toISOString().slice(0, 10) : minuteName(bucket);
