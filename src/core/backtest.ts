import { type Evidence, newState, observe, type SeriesProfile, verdictOf } from "./detector/detector.ts";
import { follow, type Incident } from "./incident.ts";
import type { Learnable } from "./replay.ts";
import { type Bucket, stepOf } from "./time.ts";
import type { Direction, UnjudgedReason, Verdict } from "./verdict.ts";
import type { Rules } from "./watch.ts";

/** What would have been said of an incident, as it stood then. */
export interface Saying {
  readonly bucket: Bucket;
  readonly what: "opened" | "worsened" | "back" | "resolved";
  readonly incident: Incident;
}

/** What a watch would have said, had it been there all along. */
export interface Backtest {
  readonly sayings: readonly Saying[];
  /** Each as it stood in the end. */
  readonly incidents: readonly Incident[];
  readonly judged: number;
  readonly unjudged: ReadonlyMap<UnjudgedReason, number>;
}

/**
 * Replays a history through detector and incident rules.
 * @param onBucket told of each bucket that is done, so that long work can show how far it is.
 */
export function backtest(
  history: Learnable["history"],
  profile: SeriesProfile,
  rules: Rules,
  onBucket: () => void = () => {},
): Backtest {
  const step = stepOf(profile.unit);
  const watch = { id: "backtest", series: { workspace: "backtest", unit: profile.unit } };
  const current: { [direction in Direction]?: Incident } = {};
  const incidents = new Map<string, Incident>();
  const sayings: Saying[] = [];
  const unjudged = new Map<UnjudgedReason, number>();
  let judged = 0;

  const take = (verdict: Verdict, direction: Direction) => {
    const before = current[direction];
    const after = follow(before, verdict, direction, watch);
    if (!after || after === before) return;
    current[direction] = after;
    incidents.set(after.id, after);
    const what = changeBetween(before, after);
    if (what) sayings.push({ bucket: verdict.bucket, what, incident: after });
  };

  const state = newState(profile);
  for (const [i, sessions] of history.sessions.entries()) {
    const evidence: Evidence = observe(state, history.first + i * step, sessions ?? "missing");
    const verdict = verdictOf(evidence, rules);
    if (verdict.kind === "unjudged") unjudged.set(verdict.because, (unjudged.get(verdict.because) ?? 0) + 1);
    else judged++;
    take(verdict, "drop");
    take(verdict, "spike");
    onBucket();
  }
  return { sayings, incidents: [...incidents.values()], judged, unjudged };
}

function changeBetween(before: Incident | undefined, after: Incident): Saying["what"] | undefined {
  if (before?.id !== after.id) return "opened";
  if (after.resolvedAt !== undefined) return before.resolvedAt === undefined ? "resolved" : undefined;
  if (before.resolvedAt !== undefined) return "back";
  return before.severity === "warning" && after.severity === "critical" ? "worsened" : undefined;
}
