import { PermanentError, TransientError } from "../../errors.ts";

/**
 * Runs an action for each item, independently of the others. Throws at the end what failed, retryable errors first.
 * Stops at a rate limit, since the other items would meet it too.
 */
export async function eachAlone<Thing>(
  things: Iterable<Thing>,
  act: (thing: Thing) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const thing of things) {
    try {
      await act(thing);
    } catch (error) {
      if (error instanceof TransientError && error.retryAfter !== undefined) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw failures.find((failure) => !(failure instanceof PermanentError)) ?? failures[0];
}
