import { randomUUID } from "node:crypto";
import type { AckFn, ReceiverEvent } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { failureModal, pendingModal } from "../../../src/adapters/slack/views/plain-modals.ts";
import { SECOND } from "../../../src/time/time.ts";
import type { Incoming } from "./incoming.ts";

/** Slack waits three seconds, which include the network and the checks before this. */
const ACKNOWLEDGE_WITHIN = 1.5 * SECOND;

/** The response to a form: errors at its fields, a view in its place, or nothing, which closes it. */
export interface FormAnswer {
  readonly response_action?: "errors" | "update" | "push" | "clear";
  readonly errors?: Readonly<Record<string, string>>;
  readonly view?: ModalView;
}

/** The acknowledgement of one delivery. */
export interface Acknowledging {
  /** Acknowledges once. A response that is too late for Slack is shown in the view that waits for it. */
  readonly ack: AckFn<unknown>;
  /** After the work: a form without a response shows this text. */
  end(why: string): Promise<void>;
}

/**
 * Acknowledges within Slack's time limit, however long the work takes. A form stays as it is filled in, below a view
 * that asks for a moment and later shows the result. A list of suggestions stays empty. Everything else is acknowledged
 * at once.
 * @param late shows the response to a form in the view with this external id
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
    // The receiver reports a closed connection.
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
