import { PermanentError, TransientError } from "../../errors.ts";

/**
 * Does something for each of several things, whatever becomes of the others. Throws in the end what failed: what may be
 * tried again before what was refused for good. A rate limit ends it, since the others would meet it, too.
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
