import { defaultTuning, type Tuning } from "../../src/detector/tuning.ts";

/** What the detector is without one of its ingredients. */
export interface Without {
  readonly ingredient: string;
  readonly tuning: Tuning;
  readonly country?: string;
  readonly refractory?: number;
}

const without = (ingredient: string, changes: Partial<Tuning>): Without => ({
  ingredient,
  tuning: { ...defaultTuning, ...changes },
});

export const ablations: readonly Without[] = [
  { ingredient: "public holidays", tuning: defaultTuning, country: "" },
  without("what lingers (whitening)", { memoryOrder: 0 }),
  without("agreement with the plain sum", { agreement: Number.POSITIVE_INFINITY }),
  without("windows beyond 6 hours", { longestWindow: 6 }),
  without("windows beyond 1 hour", { longestWindow: 1 }),
  without("each window's own tail", { ownTail: 0 }),
  without("the rare surprises in the tail", { farShare: 0 }),
  without("bending of extreme hours", { bendFrom: Number.POSITIVE_INFINITY }),
  without("keeping incidents out of tails and spread", { maskFrom: Number.POSITIVE_INFINITY }),
  without("slower learning in incidents", { damping: 1 }),
  without("the week's own spread", { weekSpreadShare: 0 }),
  without("neighbouring hours", { neighbourShare: 0, spreadNeighbourShare: 0 }),
  without("following how erratic it is", { freshnessRate: 0.001 }),
  without("weight of quiet hours", { volumePower: 0 }),
  without("runs of zeros", { silenceWeight: 0 }),
  without("size of the change", { fullChange: 1e-9, fullSessions: 1e-9 }),
  without("pointing of the hour itself", { pointing: Number.NEGATIVE_INFINITY }),
  { ingredient: "24 quiet hours", tuning: defaultTuning, refractory: 0 },
];
