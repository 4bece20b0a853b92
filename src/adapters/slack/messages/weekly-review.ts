import type { Message } from "../../../pipeline/ports/messages.ts";
import type { Review } from "../../../reports/weekly-review.ts";
import { reviewAnswer } from "../../../text/answers/looking.ts";
import { REVIEW_LISTED, reviewText, reviewTitles } from "../../../text/weekly-review.ts";
import { listed } from "../blocks/lists.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { answerMessage } from "../commands/answer.ts";

/** The weekly review as a message, and what does not fit into it as replies. */
export function reviewMessages(review: Review): Message[] {
  const rest = reviewText(review).watches.slice(REVIEW_LISTED);
  return [
    answerMessage(reviewAnswer(review)),
    ...(rest.length > 0
      ? listed(
          reviewTitles.otherWatches,
          rest.map((watch) => mrkdwn(watch)),
        )
      : []),
  ];
}
