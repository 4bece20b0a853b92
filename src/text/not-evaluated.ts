import type { NotEvaluatedReason } from "../detector/verdict.ts";

interface Words {
  readonly why: string;
  readonly advice: string;
}

const NOTHING_TO_DO = "Nothing to do: it is judged by itself as soon as there is enough.";

const words: Readonly<Record<NotEvaluatedReason, Words>> = {
  missing: { why: "Braze told no sessions for it", advice: NOTHING_TO_DO },
  partial: { why: "it was read before it was over", advice: NOTHING_TO_DO },
  "too-little-history": { why: "there is too little history yet", advice: NOTHING_TO_DO },
  flat: {
    why: "the count has not changed for a week",
    advice: "Look at the series in Braze; if it is as it should be, remove the watch.",
  },
  stale: {
    why: "more than half of the recent past is missing",
    advice:
      "Nothing to do if it passes: it is judged again once more than half of the recent past is known. If it stays, look at the series in Braze.",
  },
  excluded: { why: "it was excluded by hand", advice: "Nothing to do: somebody wanted it so." },
};

/**
 * Why a bucket could not be evaluated, and what to do: the same words everywhere. An unknown reason, stored by another
 * version, is shown as it is.
 */
export const notEvaluatedWords = (reason: NotEvaluatedReason): Words =>
  words[reason] ?? { why: reason, advice: NOTHING_TO_DO };
