import type { Message } from "../../../pipeline/ports/messages.ts";
import type { Change } from "../../../settings/change.ts";
import type { Watch } from "../../../settings/watch.ts";
import { changeAnswer, overtakenText } from "../../../text/answers/changes.ts";
import { answerMessage } from "./answer.ts";
import { mentioning, plain } from "./plain.ts";

/** Announces the changes of one batch. Its notification begins with a mark where it begins with no person of Slack. */
export function changeMessage(changes: readonly Change[], watches: readonly Watch[] = []): Message {
  const { text, blocks } = answerMessage(changeAnswer(changes, watches));
  return { text: text.startsWith("<@") ? text : `✏️ ${text}`, blocks };
}

/** What was changed since a form was opened. It has no markup, so that it fits beside a field. */
export const overtakenWords = (changes: readonly Change[]): string =>
  plain(mentioning(overtakenText(changes)), 1_900);
