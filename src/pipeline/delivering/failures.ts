import { decorate } from "../../decorate.ts";
import { PermanentError, TransientError } from "../../errors.ts";
import { destinationName } from "../../health/checks/destinations.ts";
import { redact } from "../../redact.ts";
import type { Context } from "../context.ts";
import type { Destination } from "../ports/destinations.ts";

/** The same destination; it also records whether it takes what is sent. */
export function recordDestinationFailures(
  destination: Destination,
  { failures, clock }: Pick<Context, "failures" | "clock">,
): Destination {
  const name = destinationName(destination.name);
  return decorate(destination, {
    // The error goes on to the caller, who knows whether to retry.
    async send(call) {
      try {
        await call();
      } catch (error) {
        if (error instanceof PermanentError || error instanceof TransientError) {
          const { failure, message, advice } = error;
          await failures.raise(name, { failure, message: redact(message), advice, since: clock() });
        }
        throw error;
      }
      await failures.clear(name);
    },
  });
}
