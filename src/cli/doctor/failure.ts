import { refused } from "../../adapters/redis/connection/refusal.ts";
import { InputError, PermanentError, TransientError } from "../../errors.ts";
import { type Finding, unseen, wrong } from "./finding.ts";

/** The finding for a failure: an error when a retry cannot help, otherwise something that could not be checked. */
export function failureFinding(error: unknown): Finding {
  const refusal = refused(error);
  if (refusal) return wrong(refusal.message, refusal.advice);
  if (error instanceof PermanentError) return wrong(error.message, error.advice);
  if (error instanceof TransientError && error.failure === "redis-refuses")
    return wrong(error.message, error.advice);
  if (error instanceof TransientError)
    return unseen(error.message, `${error.advice} Then run the doctor again.`);
  if (error instanceof InputError) return wrong(error.message, "Then run the doctor again.");
  if (error instanceof Error && error.name === "ReplyError")
    return wrong(
      `Redis refuses to return the stored data: ${error.message}`,
      "Let the user of REDIS_URL run every command on every key; if it is damage, restore a backup (docs/operations.md).",
    );
  return unseen(
    `it could not be looked at: ${error instanceof Error ? error.message : String(error)}`,
    "If it stays, send the doctor's output to the maintainers.",
  );
}
