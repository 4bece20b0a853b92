import { refused } from "../../src/adapters/redis/connection/refusal.ts";
import { codeOf, slackError } from "../../src/adapters/slack/client/errors.ts";
import { formsOf, isAboutForm, sendPlainer } from "../../src/adapters/slack/client/plainer.ts";
import { answerMessage } from "../../src/adapters/slack/commands/answer.ts";
import { overtakenWords } from "../../src/adapters/slack/commands/change.ts";
import { mentioning } from "../../src/adapters/slack/commands/plain.ts";
import { refusalMessage } from "../../src/adapters/slack/commands/refusal.ts";
import { InputError, PermanentError, TransientError } from "../../src/errors.ts";
import { FORMS } from "../../src/health/checks/slack.ts";
import type { Log } from "../../src/log.ts";
import { OvertakenError } from "../../src/pipeline/changes/overtaken.ts";
import { recordForm, recordRefusal } from "../../src/pipeline/health/slack-failures.ts";
import type { Message } from "../../src/pipeline/ports/messages.ts";
import { redact } from "../../src/redact.ts";
import type { Answer } from "../../src/text/answers/answer.ts";
import type { SlackContext } from "./context.ts";
import { messageOf } from "./failure.ts";
import { respondTo } from "./response-url.ts";

/** The answer of the work, or an answer with what was wrong and what to do. */
export async function answerOr(work: () => Promise<Answer>, log: Pick<Log, "error">): Promise<Message> {
  try {
    return answerMessage(await work());
  } catch (error) {
    return refusalMessage(wordsFor(error, log));
  }
}

/** The error as the person should read it. Errors that the person cannot correct are logged. */
export function wordsFor(thrown: unknown, log: Pick<Log, "error">): string {
  const error = refused(thrown) ?? thrown;
  if (error instanceof OvertakenError) return overtakenWords(error.changes);
  if (error instanceof InputError) return mentioning(error.text);
  if (error instanceof PermanentError || error instanceof TransientError)
    return redact(`${error.message}. ${error.advice}`);
  log.error({ error: redact(String(error instanceof Error ? error.stack : error)) }, "console.failed");
  return "Something went wrong. See the log of Tidewatch for the reason.";
}

/** Refused answers share one health issue: an answer is never sent again, so no single refusal ever resolves. */
const ANSWERS = "answers";

/** Sends an answer to where the request came from, in the best form that Slack accepts. A failure is logged. */
export async function reply(
  responseUrl: string | undefined,
  answer: Message,
  { bot, log }: Pick<SlackContext, "bot" | "log">,
): Promise<void> {
  const note = async (refusal: unknown, how: typeof recordRefusal) => {
    const error = slackError(refusal, { method: "response_url", channel: "an answer" });
    log.warn({ error: error.message }, "console.answer-refused");
    await how({ channel: FORMS, messageId: ANSWERS, refusal: error }, bot).catch((failure) =>
      log.warn({ error: messageOf(failure) }, "console.unnoted"),
    );
  };
  try {
    if (!responseUrl) throw new Error("Slack gave no address to answer at");
    const { refusal } = await sendPlainer(formsOf(answer), ({ text, blocks }) =>
      respondTo(responseUrl, {
        response_type: "ephemeral",
        replace_original: false,
        text,
        ...(blocks.length > 0 && { blocks }),
      }),
    );
    if (refusal !== undefined) await note(refusal, recordForm);
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.unanswered");
    const code = codeOf(error);
    if (code !== undefined && isAboutForm(code)) await note(error, recordRefusal);
  }
}
