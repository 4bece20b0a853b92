import type { App, ReceiverEvent } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Log } from "../../../src/log.ts";
import type { SeenStore } from "../../../src/pipeline/ports/slack.ts";
import { redact } from "../../../src/redact.ts";
import { SECOND } from "../../../src/time/time.ts";
import { messageOf } from "../failure.ts";
import { notifyPrivately, type Reachable } from "../notify-privately.ts";
import { inTime } from "./in-time.ts";
import { type Incoming, identitiesOf, isAckedAtOnce } from "./incoming.ts";
import { showLate } from "./late.ts";
import { TooLate, within } from "./within.ts";

export interface DeduplicatorOptions {
  readonly seen: SeenStore;
  /** Sends people the result when Slack no longer waits for it. */
  readonly client: WebClient;
  readonly log: Pick<Log, "debug" | "warn">;
}

/** What a receiver hands deliveries to. */
export interface Deduplicator extends Pick<App, "processEvent"> {
  /** Ends once everything that has arrived so far is done. */
  idle(): Promise<void>;
}

/** How long Redis may take to say whether a delivery is a duplicate. */
const DUPLICATE_CHECK_WITHIN = 10 * SECOND;

const NO_REDIS = "Tidewatch cannot reach its Redis, so nothing was done. Try again in a minute.";
const FAILED = "Something went wrong. See the log of Tidewatch for the reason.";

/**
 * Acknowledges each delivery within Slack's three seconds, however long the work takes, and drops deliveries that this
 * or another worker has already received. A person whose request failed is notified.
 */
export function deduplicating(
  app: Pick<App, "processEvent">,
  { seen, client, log }: DeduplicatorOptions,
): Deduplicator {
  const underWay = new Set<Promise<void>>();

  async function take(event: ReceiverEvent): Promise<void> {
    const body = event.body as Incoming;
    const answer = inTime(event.ack, body, (given, externalId) =>
      showLate(given, externalId, body, client, log),
    );
    if (isAckedAtOnce(body)) {
      // A person who closed the connection still gets the rest.
      await answer
        .ack()
        .catch((error) => log.warn({ error: redact(String(error)) }, "console.unacknowledged"));
    }
    try {
      if (await cameBefore(body)) return await answer.ack();
    } catch (error) {
      log.warn({ error: messageOf(error) }, "console.unrecalled");
      await answer.end(NO_REDIS);
      const who = requesterOf(body);
      if (who) await notifyPrivately(client, who, NO_REDIS, log);
      return;
    }
    await app.processEvent({ ...event, ack: answer.ack });
    await answer.end(FAILED);
  }

  async function cameBefore(body: Incoming): Promise<boolean> {
    for (const { id, within: span } of identitiesOf(body)) {
      if (await isNew(id, span)) continue;
      log.debug({ id }, "console.again");
      return true;
    }
    return false;
  }

  // Slack does not repeat an acknowledged delivery. If Redis refuses to say whether it is a duplicate, it is accepted.
  // If Redis does not answer at all, nothing can be done.
  async function isNew(id: string, span: number): Promise<boolean> {
    try {
      return await within(DUPLICATE_CHECK_WITHIN, seen.isFirst(id, span), "Redis does not answer");
    } catch (error) {
      if (error instanceof TooLate) throw error;
      log.warn({ id, error: messageOf(error) }, "console.unchecked");
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

/** The person who waits for an answer. People who submitted a form get it in the form. */
function requesterOf(body: Incoming): Reachable | undefined {
  const user = body.user?.id ?? body.user_id;
  if (typeof user !== "string" || isFormSent(body)) return undefined;
  const channel = body.channel?.id ?? body.channel_id;
  const { response_url: responseUrl } = body;
  return {
    user,
    ...(typeof channel === "string" && { channel }),
    ...(typeof responseUrl === "string" && { responseUrl }),
  };
}

const isFormSent = ({ type }: Incoming): boolean => type === "view_submission" || type === "block_suggestion";
