import type { AckFn, App, ReceiverEvent } from "@slack/bolt";
import type { Log } from "../../src/log.ts";
import type { SeenStore } from "../../src/pipeline/ports/console.ts";
import { redact } from "../../src/redact.ts";
import { type Incoming, identitiesOf, isAckedAtOnce } from "./incoming.ts";

export interface DoorDeps {
  readonly seen: SeenStore;
  readonly log: Pick<Log, "debug" | "warn">;
}

/** What a receiver hands deliveries to. */
export interface Door extends Pick<App, "processEvent"> {
  /** Ends once all that came in is done. */
  idle(): Promise<void>;
}

/**
 * A door at which Slack is told within its three seconds that something arrived, whatever the work takes; what came in
 * already, here or at another worker, goes no further.
 */
export function doorOf(app: Pick<App, "processEvent">, { seen, log }: DoorDeps): Door {
  const underWay = new Set<Promise<void>>();

  async function take(event: ReceiverEvent): Promise<void> {
    const body = event.body as Incoming;
    const ack = onlyOnce(event.ack);
    if (isAckedAtOnce(body)) {
      // Whoever hung up in the meantime is told the rest all the same.
      await ack().catch((error) => log.warn({ error: redact(String(error)) }, "console.unacknowledged"));
    }
    for (const { id, within } of identitiesOf(body)) {
      if (await isNew(id, within)) continue;
      log.debug({ id }, "console.again");
      return ack();
    }
    await app.processEvent({ ...event, ack });
  }

  // Slack sends nothing again that it was told had arrived: where Redis cannot say whether it came before, it is taken.
  async function isNew(id: string, within: number): Promise<boolean> {
    try {
      return await seen.isFirst(id, within);
    } catch (error) {
      log.warn({ id, error: redact(String(error)) }, "console.unchecked");
      return true;
    }
  }

  return {
    async processEvent(event) {
      const work = take(event);
      underWay.add(work);
      try {
        await work;
      } finally {
        underWay.delete(work);
      }
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}

// Bolt's receivers refuse a second one, each in its own way.
function onlyOnce(ack: ReceiverEvent["ack"]): AckFn<unknown> {
  let isDone = false;
  return async (...answer) => {
    if (isDone) return;
    isDone = true;
    await ack(...answer);
  };
}
