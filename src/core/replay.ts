import {
  type DetectorState,
  decodeState,
  type Evidence,
  encodeState,
  newState,
  observe,
  type SeriesProfile,
} from "./detector/detector.ts";
import { type Bucket, stepOf } from "./time.ts";

/** A stored series: what was counted, and what had been learned by then. */
export interface Learnable {
  readonly history: { readonly first: Bucket; readonly sessions: readonly (number | undefined)[] };
  readonly state?: { readonly through: Bucket; readonly bytes: Uint8Array };
}

export interface Replayed {
  /** One for each bucket from `from` on. */
  readonly evidence: Evidence[];
  /** What was learned up to the bucket `settleAt`; undefined when it lies outside the history. */
  readonly settled?: { readonly through: Bucket; readonly bytes: Uint8Array };
}

/**
 * Goes through a series in order and answers what is known about each bucket from `from` on. It starts at the kept
 * state where that ends before `from`, else at the beginning of the history, so that both ways give the same answer.
 * @param settleAt the newest bucket that can no longer be revised: the state to keep is that after it.
 */
export function replay(
  { history, state }: Learnable,
  profile: SeriesProfile,
  from: Bucket,
  settleAt: Bucket,
): Replayed {
  const step = stepOf(profile.unit);
  const kept = state && state.through < from && state.through <= settleAt ? open(state) : undefined;
  // What is planned may have changed since the state was kept.
  const learned = kept ? { ...kept.state, profile } : newState(profile);
  const evidence: Evidence[] = [];
  let settled = kept && { through: kept.through, bytes: kept.bytes };

  const begin = kept ? (kept.through + step - history.first) / step : 0;
  for (let i = Math.max(0, begin); i < history.sessions.length; i++) {
    const bucket = history.first + i * step;
    const seen = observe(learned, bucket, history.sessions[i] ?? "missing");
    if (bucket >= from) evidence.push(seen);
    if (bucket === settleAt) settled = { through: bucket, bytes: encodeState(learned) };
  }
  return { evidence, ...(settled && { settled }) };
}

function open(state: {
  through: Bucket;
  bytes: Uint8Array;
}): { through: Bucket; bytes: Uint8Array; state: DetectorState } | undefined {
  const decoded = decodeState(state.bytes);
  return decoded && { ...state, state: decoded };
}
