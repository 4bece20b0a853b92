import type { NotEvaluatedReason } from "../detector/verdict/verdict.ts";
import { firstLook, lateAfter } from "../series/ingestion-delay.ts";
import { endOf } from "../time/calendar.ts";
import { type Bucket, type Instant, stepOf } from "../time/time.ts";
import { lastingRefusals } from "./checks/braze.ts";
import { type Facts, isHeld, type SeriesFacts } from "./facts.ts";

/** What is known of a series at present, besides its incidents. */
export interface DataState {
  /** The end of its last bucket with data, where newer data should be there. */
  readonly noDataSince?: Instant;
  /** What Braze, or the way to it, answers instead of data. */
  readonly failure?: string;
  /** Why its newest bucket could not be evaluated, although there is data. */
  readonly notEvaluated?: NotEvaluatedReason;
}

/** What is known of each series at present, by its id. */
export function dataStatesOf(
  facts: Pick<Facts, "now" | "series" | "failures">,
): ReadonlyMap<string, DataState> {
  const refusals = lastingRefusals(facts);
  return new Map(
    facts.series.map((series) => [series.id, dataStateOf(series, refusals.get(series.id), facts.now)]),
  );
}

/** Why no series can be read, where one cause stops all of them. */
export function pausedBy(states: Iterable<DataState>): string | undefined {
  const failures = new Set(Array.from(states, ({ failure }) => failure));
  return failures.has(undefined) ? undefined : failures.values().next().value;
}

function dataStateOf(series: SeriesFacts, failure: string | undefined, now: Instant): DataState {
  const { unit, zone } = series;
  const refused = failure === undefined ? {} : { failure };
  const last = lastWithData(series);
  if (last === undefined) return refused;
  if (failure !== undefined || isOverdue(series, last + stepOf(unit), now))
    return { ...refused, noDataSince: endOf(last, unit, zone) };
  const run = lastingRun(series);
  return run ? { notEvaluated: run.because } : {};
}

/** The last bucket of which there was data; undefined while the first history is awaited. */
export function lastWithData(series: SeriesFacts): Bucket | undefined {
  const run = lastingRun(series);
  return run && isMissing(run.because) ? run.since - stepOf(series.unit) : series.progress?.evaluatedThrough;
}

/** The run of not evaluated buckets that still lasts. */
const lastingRun = ({ progress }: SeriesFacts) =>
  progress?.notEvaluated?.through === progress?.evaluatedThrough ? progress?.notEvaluated : undefined;

const isMissing = (because: NotEvaluatedReason): boolean => because === "missing" || because === "partial";

/** Whether a bucket should have been evaluated by now. A series that is held to save quota is read less often. */
export function isOverdue(series: SeriesFacts, bucket: Bucket, now: Instant, allowance = 0): boolean {
  const { id, unit, zone, timing, ingestionDelay } = series;
  const first = firstLook(id, timing);
  const due = Math.max(lateAfter(ingestionDelay, first), first + allowance);
  return !isHeld(series, now) && now >= endOf(bucket, unit, zone) + due;
}
