import { refused } from "../../adapters/redis/connection/refusal.ts";
import { InputError, PermanentError, TransientError } from "../../errors.ts";
import { type CheckResult, failed, unknown } from "./result.ts";

/** The result for a failure: an error when a retry cannot help, otherwise something that could not be checked. */
export function failureResult(error: unknown): CheckResult {
  const refusal = refused(error);
  if (refusal) return failed(refusal.message, refusal.advice);
  if (error instanceof PermanentError) return failed(error.message, error.advice);
  if (error instanceof TransientError && error.failure === "redis-refuses")
    return failed(error.message, error.advice);
  if (error instanceof TransientError)
    return unknown(error.message, `${error.advice} Then run the doctor again.`);
  if (error instanceof InputError) return failed(error.message, "Then run the doctor again.");
  if (error instanceof Error && error.name === "ReplyError")
    return failed(
      `Redis refuses to return the stored data: ${error.message}`,
      "Let the user of REDIS_URL run every command on every key; if it is damage, restore a backup (docs/operations.md).",
    );
  return unknown(
    `it could not be looked at: ${error instanceof Error ? error.message : String(error)}`,
    "If it stays, send the doctor's output to the maintainers.",
  );
}
