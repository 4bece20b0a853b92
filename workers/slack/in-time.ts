import { randomUUID } from "node:crypto";
import type { AckFn, ReceiverEvent } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { failureModal, pendingModal } from "../../src/adapters/slack/views/plain-modals.ts";
import { SECOND } from "../../src/time/time.ts";
import type { Incoming } from "./incoming.ts";

/** Slack waits three seconds; the way here, and what is checked on it, take their part of them. */
const ACKNOWLEDGE_WITHIN = 1.5 * SECOND;

/** What a form is answered with: beside its fields, by a view in its place, or by nothing, which closes it. */
export interface FormAnswer {
  readonly response_action?: "errors" | "update" | "push" | "clear";
  readonly errors?: Readonly<Record<string, string>>;
  readonly view?: ModalView;
}

/** The acknowledgement of one delivery. */
export interface Acknowledging {
  /** Acknowledges, once. The answer to a form that comes too late for Slack is shown in the view that waits for it. */
  readonly ack: AckFn<unknown>;
  /** Once the work is over: a form that nobody answered says so. */
  end(why: string): Promise<void>;
}

/**
 * Acknowledges within the time that Slack allows, however long the work takes. A form is kept as it is filled in, below
 * a view that asks for a moment and shows later what came of it; a list of suggestions stays empty; all else is
 * acknowledged at once.
 *
 * @param late shows the answer to a form in the view with this external id
 */
export function inTime(
  ack: ReceiverEvent["ack"],
  { type, view }: Incoming,
  late: (answer: FormAnswer, externalId: string) => Promise<void>,
): Acknowledging {
  const externalId = randomUUID();
  let isAcknowledged = false;
  let isAnswered = false;
  const acknowledge = async (answer?: unknown) => {
    isAcknowledged = true;
    clearTimeout(timer);
    await (answer === undefined ? ack() : ack(answer));
  };
  const timer = setTimeout(() => {
    if (isAcknowledged) return;
    // Whoever hung up hears of it from the receiver.
    acknowledge(whatWaits()).catch(() => {});
  }, ACKNOWLEDGE_WITHIN);
  function whatWaits() {
    if (type === "block_suggestion") return { options: [] };
    return type === "view_submission"
      ? { response_action: "push", view: pendingModal(titleOf(view), externalId) }
      : undefined;
  }

  const answer = async (given?: unknown) => {
    if (isAnswered) return;
    isAnswered = true;
    if (!isAcknowledged) return acknowledge(given);
    if (type === "view_submission") await late((given ?? {}) as FormAnswer, externalId);
  };
  return {
    ack: answer,
    async end(why) {
      if (type === "view_submission")
        await answer({ response_action: "push", view: failureModal(titleOf(view), why) });
      else if (!isAcknowledged) await acknowledge();
    },
  };
}

const titleOf = (view: Incoming["view"]): string => String(view?.title?.text ?? "Tidewatch");
