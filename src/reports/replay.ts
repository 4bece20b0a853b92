import {
  type DetectorState,
  decodeState,
  type Evidence,
  encodeState,
  moveLevel,
  newState,
  observe,
  type Reading,
  type SeriesProfile,
} from "../detector/detector.ts";
import { type SendEffect, sendEffectAt } from "../detector/send-effect.ts";
import { type Exclusion, type Feedback, feedbackOf } from "../series/excluded-hours.ts";
import { feedbackFingerprint } from "../series/feedback-fingerprint.ts";
import { type Bucket, stepOf } from "../time/time.ts";
import { type CooperativeTask, runAtOnce } from "./slices.ts";

/** A stored series: its counts, and the saved state. */
export interface ReplayInput {
  readonly history: {
    readonly first: Bucket;
    readonly values: readonly (number | undefined)[];
    /** What each value of a ratio was divided by. */
    readonly denominators?: readonly (number | undefined)[];
  };
  readonly state?: { readonly through: Bucket; readonly bytes: Uint8Array };
  /** The feedback on its buckets. @default nothing */
  readonly exclusions?: readonly Exclusion[];
}

export interface Replayed {
  /** One for each bucket from `from` on. */
  readonly evidence: Evidence[];
  /** The state after the bucket `saveAt`; undefined when that is outside the history. */
  readonly saved?: { readonly through: Bucket; readonly bytes: Uint8Array };
}

/**
 * Goes through a series in order and returns the evaluation of each bucket from `from` on. It starts at the saved state
 * if that ends before `from`, else at the beginning of the history; both give the same answer.
 * @param saveAt the newest bucket that can no longer be revised: the state after it is to be saved.
 */
export const replay = (
  replayInput: ReplayInput,
  profile: SeriesProfile,
  from: Bucket,
  saveAt: Bucket,
): Replayed => runAtOnce(replayCooperatively(replayInput, profile, from, saveAt));

/** Half a week of hours: a millisecond or two. */
const SLICE = 84;

/** The same in slices. */
export function* replayCooperatively(
  { history, state, exclusions = [] }: ReplayInput,
  profile: SeriesProfile,
  from: Bucket,
  saveAt: Bucket,
): CooperativeTask<Replayed> {
  const step = stepOf(profile.unit);
  const fingerprintThrough = (through: Bucket) =>
    feedbackFingerprint(exclusions, profile, through, profile.unit);
  const isUsable = state && state.through < from && state.through <= saveAt;
  const kept = isUsable ? open(state, fingerprintThrough, profile) : undefined;
  const learned = kept ? { ...kept.state, profile } : newState(profile);
  const feedback = feedbackOf(exclusions, profile.unit);
  const evidence: Evidence[] = [];
  let saved = kept && { through: kept.through, bytes: kept.bytes };

  const begin = kept ? (kept.through + step - history.first) / step : 0;
  for (let i = Math.max(0, begin); i < history.values.length; i++) {
    if (i % SLICE === SLICE - 1) yield;
    const bucket = history.first + i * step;
    const effect = effectAt(bucket, history, profile);
    const seen = observeWithFeedback(learned, bucket, readingAt(history, i), feedback, effect);
    if (bucket >= from) evidence.push(seen);
    if (bucket !== saveAt) continue;
    learned.feedback = fingerprintThrough(bucket);
    saved = { through: bucket, bytes: encodeState(learned) };
  }
  return { evidence, ...(saved && { saved }) };
}

/** What is known of the bucket at a place of a history. */
export function readingAt({ values, denominators }: ReplayInput["history"], i: number): Reading {
  const value = values[i];
  if (value === undefined) return "missing";
  return denominators ? { value, denominator: denominators[i] ?? 0 } : value;
}

/** What was sent shortly before a bucket may do to it. A day is too long: most have a send, or none has. */
function effectAt(
  bucket: Bucket,
  { first, values }: ReplayInput["history"],
  { unit, kind, sends = [] }: SeriesProfile,
): SendEffect | undefined {
  if (sends.length === 0 || unit === "day") return undefined;
  return sendEffectAt(bucket, sends, (other) => values[(other - first) / stepOf(unit)], kind);
}

/** Processes one bucket, with the feedback on it and what sends may do to it. */
export function observeWithFeedback(
  state: DetectorState,
  bucket: Bucket,
  reading: Reading,
  feedback: Feedback,
  effect?: SendEffect,
): Evidence {
  const seen = observe(state, bucket, reading, undefined, feedback.treatmentOf(bucket), effect);
  const move = feedback.movesAfter(bucket);
  if (move) moveLevel(state, bucket, move.buckets);
  return seen;
}

/**
 * Unpacks a saved state; undefined when another version packed it, or when the zone, calendar or feedback has changed
 * since.
 */
function open(
  state: { through: Bucket; bytes: Uint8Array },
  fingerprintThrough: (through: Bucket) => number,
  { zone, country }: SeriesProfile,
): { through: Bucket; bytes: Uint8Array; state: DetectorState } | undefined {
  const decoded = decodeState(state.bytes);
  const isSame = decoded?.profile.zone === zone && decoded.profile.country === country;
  return decoded && isSame && decoded.feedback === fingerprintThrough(state.through)
    ? { ...state, state: decoded }
    : undefined;
}
