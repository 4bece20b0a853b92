import type { AckFn, App, ReceiverEvent } from "@slack/bolt";
import type { Log } from "../../src/log.ts";
import type { SeenStore } from "../../src/pipeline/ports/console.ts";
import { redact } from "../../src/redact.ts";
import { type Incoming, identitiesOf, isAckedAtOnce } from "./incoming.ts";

export interface DoorDeps {
  readonly seen: SeenStore;
  readonly log: Pick<Log, "debug" | "warn">;
}

/**
 * What a receiver hands deliveries to: Slack is told within its three seconds that they arrived, whatever the work
 * takes, and what came in already, here or at another worker, goes no further.
 */
export const doorOf = (
  app: Pick<App, "processEvent">,
  { seen, log }: DoorDeps,
): Pick<App, "processEvent"> => ({
  async processEvent(event: ReceiverEvent) {
    const body = event.body as Incoming;
    const ack = onlyOnce(event.ack);
    if (isAckedAtOnce(body)) {
      // Whoever hung up in the meantime is told the rest all the same.
      await ack().catch((error) => log.warn({ error: redact(String(error)) }, "console.unacknowledged"));
    }
    for (const { id, within } of identitiesOf(body)) {
      if (await seen.isFirst(id, within)) continue;
      log.debug({ id }, "console.again");
      return ack();
    }
    await app.processEvent({ ...event, ack });
  },
});

// Bolt's receivers refuse a second one, each in its own way.
function onlyOnce(ack: ReceiverEvent["ack"]): AckFn<unknown> {
  let isDone = false;
  return async (...answer) => {
    if (isDone) return;
    isDone = true;
    await ack(...answer);
  };
}
