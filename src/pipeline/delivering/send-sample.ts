import { PermanentError, TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import { sampleAlert } from "../../text/outside-alert.ts";
import type { Context } from "../context.ts";
import { destinationsOf } from "./routes.ts";

/** How a destination took a sample; `failed`: why it did not. */
export interface SampleSent {
  readonly destination: string;
  readonly failed?: string;
}

/**
 * Sends a sample to every destination to which alerts of a channel may go, and resolves it there at once. Returns none
 * if the channel has no route.
 */
export async function sendSample(
  channel: string,
  context: Pick<Context, "configuredRoutes" | "routes" | "watches" | "destinations" | "clock">,
): Promise<SampleSent[]> {
  const names = await destinationsOf(channel, context);
  const meant = context.destinations.filter(({ name }) => names.has(name));
  const at = context.clock();
  return Promise.all(
    meant.map(async ({ name, send }) => {
      const key = `test/${channel}/${at}`;
      try {
        for (const action of ["trigger", "resolve"] as const)
          await send(sampleAlert({ key, messageId: `${name}/${key}/${action}` }, action, at));
        return { destination: name };
      } catch (error) {
        if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
        return { destination: name, failed: redact(`${error.message}. ${error.advice}`) };
      }
    }),
  );
}
