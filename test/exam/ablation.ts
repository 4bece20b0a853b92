import { defaultParameters, type Parameters } from "../../src/detector/parameters.ts";

/** What the detector is without one of its ingredients. */
export interface Without {
  readonly ingredient: string;
  readonly parameters: Parameters;
  readonly country?: string;
  readonly refractory?: number;
}

const without = (ingredient: string, changes: Partial<Parameters>): Without => ({
  ingredient,
  parameters: { ...defaultParameters, ...changes },
});

export const ablations: readonly Without[] = [
  { ingredient: "public holidays", parameters: defaultParameters, country: "" },
  without("autoregression (whitening)", { autoregressionOrder: 0 }),
  without("agreement with Stouffer's sum", { stoufferShare: Number.POSITIVE_INFINITY }),
  without("windows beyond 6 hours", { longestWindow: 6 }),
  without("windows beyond 1 hour", { longestWindow: 1 }),
  without("each window's own tail", { ownTail: 0 }),
  without("the rare scores in the tail", { farShare: 0 }),
  without("soft clipping of extreme hours", { softClipFrom: Number.POSITIVE_INFINITY }),
  without("keeping outliers out of tails and scale", { outlierFrom: Number.POSITIVE_INFINITY }),
  without("slower learning in incidents", { outlierWeight: 1 }),
  without("the scale of the hour of the week", { seasonScaleShare: 0 }),
  without("neighbouring hours", { neighbourShare: 0, scaleNeighbourShare: 0 }),
  without("following the innovation variance", { innovationVarianceRate: 0.001 }),
  without("weight of quiet hours", { volumePower: 0 }),
  without("runs of zeros", { zeroRunWeight: 0 }),
  without("size of the change", { fullChange: 1e-9, fullCount: 1e-9 }),
  without("pointing of the hour itself", { pointing: Number.NEGATIVE_INFINITY }),
  { ingredient: "24 hours without a repeat", parameters: defaultParameters, refractory: 0 },
];
