import { type Bucket, stepOf } from "../time/time.ts";
import { moveLevel, sessionsOf } from "./baseline.ts";
import { type Distance, distanceOf } from "./distance.ts";
import { type Clue, directionOf, type Judged, type Numbers, scoreOf } from "./evidence.ts";
import { count, countSeen, learn, takeStock } from "./learn.ts";
import { trustIn } from "./mask.ts";
import { lingeringAt, slotOf } from "./memory.ts";
import type { Place, Rhythm } from "./rhythm.ts";
import { NORMAL_THRESHOLD } from "./rules.ts";
import { followSilence } from "./silence.ts";
import type { DetectorState } from "./state.ts";
import type { Tuning } from "./tuning.ts";
import { clueOf, stepsAt } from "./windows.ts";

/** Compares a bucket with what was learned before it, and learns it where it is an example of the series. */
export function judge(
  state: DetectorState,
  bucket: Bucket,
  sessions: number,
  place: Place,
  rhythm: Rhythm,
  tuning: Tuning,
  isExample: boolean,
): Judged {
  const at = slotOf(state, bucket);
  const distance = distanceOf(state, sessions, place, rhythm, tuning);
  const lingering = lingeringAt(state, at);
  enter(state, at, sessions, distance, lingering);

  const calmFor = (bucket - state.calmSince) / stepOf(state.profile.unit);
  const reach = Math.max(1, Math.min(tuning.longestWindow, calmFor));
  const steps = stepsAt(state, at, rhythm.windows, reach);
  const drop = clueOf(state, steps, -1, tuning);
  const spike = clueOf(state, steps, 1, tuning);
  const silence = followSilence(state, sessions, sessionsOf(distance.least), tuning, isExample);
  const weight = weightOf(state, distance, tuning);
  const heard = (clue: Clue, sign: 1 | -1): Clue => ({
    ...clue,
    surprise: points(state, at, sign, tuning) ? clue.surprise * weight : 0,
  });
  const usual = (distance.spread * Math.sqrt(state.together[0]!)) / weight;
  const numbers: Numbers = {
    bucket,
    observed: sessions,
    expectedRoot: distance.expected,
    range: { least: distance.least, most: distance.most },
    spread: distance.spread,
    z: distance.z,
    lingering,
    drop: louder(heard(drop, -1), silence),
    spike: heard(spike, 1),
    reach: { down: usual * state.scales[0]!, up: usual * state.scales[1]! },
    holiday: place.holiday,
    comparable: state.seen[place.cell]!,
    weight,
    steps,
    scales: Array.from(state.scales),
    peaks: { drop: state.dropPeaks, spike: state.spikePeaks },
  };
  const loudest = Math.max(drop.surprise, spike.surprise, silence?.surprise ?? 0);
  const trust = trustIn(state, bucket, loudest, distance.z, tuning);
  if (isExample) {
    state.dropPeak = Math.max(state.dropPeak, numbers.drop.surprise);
    state.spikePeak = Math.max(state.spikePeak, numbers.spike.surprise);
    learn(state, at, place, distance, steps, trust, tuning);
    countSeen(state, place.cell);
  }
  count(state, sessions, rhythm);
  const isNewLevel = isExample && trust === "believed";
  if (isNewLevel) moveLevel(state, bucket, rhythm.levelOver);
  if (state.known % rhythm.groups === 0) takeStock(state, tuning);
  return { ...numbers, isNewLevel, score: scoreOf(numbers, directionOf(numbers), NORMAL_THRESHOLD) };
}

function enter(
  state: DetectorState,
  at: number,
  sessions: number,
  distance: Distance,
  lingering: number,
): void {
  state.z[at] = distance.z;
  state.fresh[at] = distance.z - lingering;
  state.observed[at] = sessions;
  state.expected[at] = sessionsOf(distance.expected);
}

/** Windows still hold what went before: the hour itself must point the same way, and be no better than was to be feared. */
const points = ({ z, fresh }: DetectorState, at: number, sign: 1 | -1, { pointing }: Tuning): boolean =>
  sign * z[at]! >= pointing && sign * fresh[at]! >= 0;

/** A quiet hour matters less than a busy one; half a session is added so that nights at zero do not vanish. */
function weightOf(state: DetectorState, { expected }: Distance, { volumePower }: Tuning): number {
  const sessions = sessionsOf(expected);
  state.volume += (sessions - state.volume) / Math.min(VOLUME_OVER, state.known + 1);
  return Math.min(1, ((sessions + 0.5) / (state.volume + 0.5)) ** volumePower);
}

/** Four weeks of hours. */
const VOLUME_OVER = 672;

const louder = (clue: Clue, silence: Clue | undefined): Clue =>
  silence && silence.surprise > clue.surprise ? silence : clue;
