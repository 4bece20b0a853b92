import { type Evidence, newState, type SeriesProfile, verdictOf } from "../detector/detector.ts";
import type { Direction, NotEvaluatedReason, Verdict } from "../detector/verdict/verdict.ts";
import type { Incident } from "../incidents/incident.ts";
import { follow } from "../incidents/life-cycle.ts";
import { type Exclusion, feedbackOf } from "../series/excluded-hours.ts";
import type { Rules } from "../settings/watch.ts";
import { type Bucket, stepOf } from "../time/time.ts";
import { observeWithFeedback, readingAt } from "./replay.ts";

/** An alert that would have been posted. */
export interface BacktestAlert {
  readonly bucket: Bucket;
  readonly what: "opened" | "worsened" | "reopened" | "resolved";
  readonly incident: Incident;
}

/** What a watch would have made of a series' history. */
export interface Backtest {
  readonly evidence: readonly Evidence[];
  readonly alerts: readonly BacktestAlert[];
  /** Incidents in their last state. */
  readonly incidents: readonly Incident[];
  readonly evaluated: number;
  readonly notEvaluated: ReadonlyMap<NotEvaluatedReason, number>;
}

/** A stretch of a series: `sessions[i]` is that of bucket `first + i × step`, undefined where it is missing. */
interface Past {
  readonly first: Bucket;
  readonly values: readonly (number | undefined)[];
  /** What each value of a ratio was divided by. */
  readonly denominators?: readonly (number | undefined)[];
  /** The feedback on its buckets. @default nothing */
  readonly exclusions?: readonly Exclusion[];
}

/**
 * Replays a series through detector and incident rules, hour by hour, as production would have.
 * @param passed receives how many buckets are done.
 */
export function backtest(
  past: Past,
  profile: SeriesProfile,
  rules: Rules,
  passed: (done: number) => void = () => {},
): Backtest {
  const evidence = evidenceOf(past, profile, passed);
  return { evidence, ...replayIncidents(evidence, profile, rules) };
}

/** The evaluation of each bucket of a stretch at the time it was the newest. */
function evidenceOf(
  { exclusions = [], ...history }: Past,
  profile: SeriesProfile,
  passed: (done: number) => void = () => {},
): Evidence[] {
  const state = newState(profile);
  const step = stepOf(profile.unit);
  const feedback = feedbackOf(exclusions, profile.unit);
  return history.values.map((_, i) => {
    const seen = observeWithFeedback(state, history.first + i * step, readingAt(history, i), feedback);
    passed(i + 1);
    return seen;
  });
}

/** The incidents and alerts of a watch with these rules. */
export function replayIncidents(
  evidence: readonly Evidence[],
  profile: SeriesProfile,
  rules: Rules,
): Omit<Backtest, "evidence"> {
  const alerts: BacktestAlert[] = [];
  const incidents = new Map<string, Incident>();
  const notEvaluated = new Map<NotEvaluatedReason, number>();
  const current: { [direction in Direction]?: Incident } = {};
  for (const seen of evidence) {
    const verdict = verdictOf(seen, rules);
    if (verdict.kind === "not-evaluated")
      notEvaluated.set(verdict.because, (notEvaluated.get(verdict.because) ?? 0) + 1);
    for (const direction of ["drop", "spike"] as const) {
      const before = current[direction];
      const after = followed(before, verdict, direction, profile);
      if (!after || after === before) continue;
      current[direction] = after;
      incidents.set(after.id, after);
      const what = changeOf(before, after);
      if (what) alerts.push({ bucket: verdict.bucket, what, incident: after });
    }
  }
  const unknown = [...notEvaluated.values()].reduce((sum, n) => sum + n, 0);
  return { alerts, incidents: [...incidents.values()], evaluated: evidence.length - unknown, notEvaluated };
}

const followed = (
  before: Incident | undefined,
  verdict: Verdict,
  direction: Direction,
  { unit }: SeriesProfile,
) => follow(before, verdict, direction, { id: "backtest", series: { workspace: "backtest", unit } });

/** The alert for the step from one state of an incident to the next; undefined if only its numbers changed. */
function changeOf(before: Incident | undefined, after: Incident): BacktestAlert["what"] | undefined {
  if (before?.id !== after.id) return "opened";
  if (before.resolvedAt !== undefined && after.resolvedAt === undefined) return "reopened";
  if (before.resolvedAt === undefined && after.resolvedAt !== undefined) return "resolved";
  return before.severity !== after.severity ? "worsened" : undefined;
}
