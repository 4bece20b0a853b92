import { InputError, PermanentError, TransientError } from "../../errors.ts";
import { type Finding, unseen, wrong } from "./finding.ts";

/** What a refusal is for the doctor: wrong when trying again will not mend it, else something it could not see. */
export function failureFinding(error: unknown): Finding {
  if (error instanceof PermanentError) return wrong(error.message, error.advice);
  if (error instanceof TransientError)
    return unseen(error.message, `${error.advice} Then ask the doctor again.`);
  if (error instanceof InputError) return wrong(error.message, "Then ask the doctor again.");
  if (error instanceof Error && error.name === "ReplyError")
    return wrong(
      `Redis refuses to tell what is stored: ${error.message}`,
      "Let the user of REDIS_URL run every command on every key; if it is damage, restore a backup (docs/operations.md).",
    );
  throw error;
}
