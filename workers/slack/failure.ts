import { redact } from "../../src/redact.ts";

/** The error in one line without secrets. The innermost cause says most. */
export function messageOf(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  const text = cause instanceof Error ? cause.message || cause.name : String(cause);
  return redact(text).replace(/\s+/g, " ").slice(0, 200);
}
