import { refused } from "./adapters/redis/connection/refusal.ts";
import { ConfigError } from "./config/config.ts";
import { InputError, PermanentError, TransientError } from "./errors.ts";

/** An error as people should read it: without a stack if they can fix it themselves. */
export function explain(error: unknown): string {
  const refusal = refused(error);
  if (refusal) return explain(refusal);
  if (error instanceof ConfigError) {
    return `The settings are incomplete:\n${error.message}\nSee .env.example. To look around first, without any account: npm run demo`;
  }
  if (error instanceof PermanentError || error instanceof TransientError)
    return `${error.message}. ${error.advice}`;
  if (error instanceof InputError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
