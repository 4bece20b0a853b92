import { anscombe } from "../detector/transform.ts";
import { type Direction, impactOf, isAsExpected, type Score } from "../detector/verdict/verdict.ts";

/** What the buckets since the last anomalous one of an open incident show; together they may resolve it. */
export interface Recovery {
  /** Sum of observed − expected, and of expected. */
  readonly balance: number;
  readonly expected: number;
  /** How much they speak for the expected level, 0 or more; and how much they could at most. */
  readonly evidence: number;
  readonly power: number;
}

/** The evidence from which on an incident has recovered. One bucket gives at most 1, so it takes two at least. */
const ENOUGH = 1.5;

/** What recovery is measured against: the direction of an incident, and its sums up to its last anomalous bucket. */
interface Departure {
  readonly direction: Direction;
  readonly balance: number;
  readonly expected: number;
  readonly recovery?: Recovery;
}

const NOTHING: Recovery = { balance: 0, expected: 0, evidence: 0, power: 0 };

/**
 * The recovery of an incident after one more bucket: the CUSUM test of a return from the level of the incident to the
 * expected one, which begins again whenever nothing speaks for a return.
 * Source: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954).
 */
export function recoveryWith(incident: Departure, score: Score): Recovery {
  const before = incident.recovery ?? NOTHING;
  const { evidence, power } = evidenceOf(incident, score);
  const sum = Math.max(0, before.evidence + evidence);
  const impact = impactOf(score);
  return {
    balance: before.balance + impact.balance,
    expected: before.expected + impact.expected,
    evidence: sum,
    power: sum === 0 ? 0 : before.power + power,
  };
}

/** Whether an incident has recovered: the evidence is enough, and its newest bucket is as expected. */
export const isRecovered = ({ evidence }: Recovery, newest: Score): boolean =>
  evidence >= ENOUGH && isAsExpected(newest);

/** Whether a good part of the evidence is there. */
export const isRecovering = ({ evidence }: Recovery, newest: Score): boolean =>
  evidence >= ENOUGH / 3 && isAsExpected(newest);

/** Whether a return led less than three quarters of the way back. */
export const isPartial = ({ evidence, power }: Recovery): boolean => evidence < power / 2;

/** Whether a bucket lies nearer to the expected level than to that of the incident, as far as it can tell them apart. */
export const isNearExpected = (incident: Departure, score: Score): boolean =>
  evidenceOf(incident, score).evidence > 0;

/**
 * How much a bucket speaks for the expected level (positive) or for the level of the incident: the log-likelihood ratio
 * of the two, 1 where they lie so far apart that one is at the end of the other's expected range. Where they lie closer
 * together it is less, by the square: in a quiet night, in which the level of the incident would be as expected, a
 * bucket says next to nothing.
 * @example evidenceOf({ direction: "drop", balance: −600, expected: 1_200 }, { observed: 1_200, expected: 1_200, … }); // => 1, of a power of 1
 */
function evidenceOf(incident: Departure, score: Score): Pick<Recovery, "evidence" | "power"> {
  const expected = anscombe(score.expected);
  const gap = anscombe(levelIn(incident, score)) - expected;
  const power = Math.min(1, (gap / reachOf(score, incident.direction)) ** 2);
  if (power === 0) return { evidence: 0, power };
  const share = (anscombe(score.observed) - expected) / gap;
  return { evidence: power * Math.max(-1, Math.min(1, 1 - 2 * share)), power };
}

/** What the incident leads one to expect of a bucket: its relative loss or gain so far. */
const levelIn = ({ balance, expected }: Departure, score: Score): number =>
  score.expected * Math.max(0, 1 + balance / Math.max(1, expected));

/** How far from the expected count the range of a bucket alone reaches in a direction, transformed. */
function reachOf({ expected, alone: { low, high } }: Score, direction: Direction): number {
  const down = anscombe(expected) - anscombe(low);
  const up = anscombe(high) - anscombe(expected);
  // No count lies below 0, so a range that ends there says nothing about how far it would reach.
  return direction === "drop" && low > 0 ? down : Math.max(down, up);
}
