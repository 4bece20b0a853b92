import type { NotEvaluatedReason } from "../detector/verdict/verdict.ts";

interface Words {
  readonly why: string;
  readonly advice: string;
}

const NOTHING_TO_DO = "Nothing to do: evaluation starts by itself once there is enough data.";

const words: Readonly<Record<NotEvaluatedReason, Words>> = {
  missing: { why: "Braze returned no data for it", advice: NOTHING_TO_DO },
  partial: { why: "it was read before it ended", advice: NOTHING_TO_DO },
  "too-little-history": { why: "there is too little history yet", advice: NOTHING_TO_DO },
  flat: {
    why: "the count has not changed for a week",
    advice: "Check the series in Braze. If the count is correct, remove the watch.",
  },
  stale: {
    why: "more than half of the recent hours are missing",
    advice:
      "Nothing to do if it passes: evaluation resumes once more than half of the recent hours are known. If it stays, check the series in Braze.",
  },
  "small-denominator": {
    why: "there was too little to divide by",
    advice: "Nothing to do: a ratio of so few says nothing.",
  },
  excluded: { why: "somebody excluded it", advice: "Nothing to do: it was excluded on purpose." },
};

/**
 * Why a bucket could not be evaluated, and what to do: the same words everywhere. An unknown reason, stored by another
 * version, is shown as it is.
 */
export const notEvaluatedWords = (reason: NotEvaluatedReason): Words =>
  words[reason] ?? { why: reason, advice: NOTHING_TO_DO };
