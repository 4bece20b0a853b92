import type { RespondFn } from "@slack/bolt";
import type { KnownBlock } from "@slack/types";
import { refused } from "../../src/adapters/redis/connection/refusal.ts";
import type { Answer } from "../../src/adapters/slack/commands/answer.ts";
import { overtakenWords } from "../../src/adapters/slack/commands/change.ts";
import { refusalAnswer } from "../../src/adapters/slack/commands/refusal.ts";
import { InputError, PermanentError, TransientError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { OvertakenError } from "../../src/pipeline/overtaken.ts";
import { redact } from "../../src/redact.ts";
import { messageOf } from "./failure.ts";

/** What is answered, also where it cannot be done: what was wrong, and what to do. */
export async function answerOr(work: () => Promise<Answer>, log: Pick<Log, "error">): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    return refusalAnswer(wordsFor(error, log));
  }
}

/** What went wrong, as the person who asked should read it; what they cannot mend is logged. */
export function wordsFor(thrown: unknown, log: Pick<Log, "error">): string {
  const error = refused(thrown) ?? thrown;
  if (error instanceof OvertakenError) return overtakenWords(error.changes);
  if (error instanceof InputError) return error.message;
  if (error instanceof PermanentError || error instanceof TransientError)
    return redact(`${error.message}. ${error.advice}`);
  log.error({ error: redact(String(error instanceof Error ? error.stack : error)) }, "console.failed");
  return "Something went wrong here; the log of Tidewatch says what.";
}

/** Sends an answer to where the question came from; one that cannot be sent is logged. */
export async function reply(
  respond: RespondFn,
  { text, blocks, isForAll }: Answer,
  log: Pick<Log, "warn">,
): Promise<void> {
  try {
    await respond({
      response_type: isForAll ? "in_channel" : "ephemeral",
      replace_original: false,
      text,
      blocks: blocks as unknown as KnownBlock[],
    });
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.unanswered");
  }
}
