import { PermanentError, TransientError } from "../../errors.ts";
import type { Delivery, Sent } from "../../notifications/delivery.ts";
import type { OutsideAlert } from "../../notifications/outside-alert.ts";
import { MINUTE } from "../../time/time.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";
import type { Destination } from "../ports/destinations.ts";

/** Longer than any notifier takes: a message that was begun earlier has arrived, or has not. */
const SENDING_FOR = 2 * MINUTE;

/** How long after a refusal the same is not sent again. */
const REFUSED_FOR = 10 * MINUTE;

/**
 * Sends an alert unless another writer does. It is noted before it is sent: after a crash or a lost reply it is sent
 * again where the other side knows it by its key, and elsewhere as `whenUnsure` says.
 * @param recordSent safe to repeat
 */
export async function sendOnce(
  delivery: Delivery,
  next: Sent,
  alert: OutsideAlert,
  destination: Destination,
  { deliveries, whenUnsure, clock }: Context,
  recordSent: () => Promise<void> = async () => {},
): Promise<void> {
  const { id, sending } = delivery;
  const isUnsure = sending !== undefined && !destination.isIdempotent;
  if (isUnsure && clock() - sending.at < SENDING_FOR) return;
  // The new instant keeps other writers away for as long as this one may take.
  const own = isUnsure ? { ...next, at: clock() } : next;
  const { notBefore: _, ...rest } = delivery;
  const begun = await deliveries.save({ ...rest, sending: own });
  if (!begun) throw takenOver(id);
  if (!(isUnsure && whenUnsure === "never" && isSame(sending, next))) {
    try {
      await destination.send(alert);
    } catch (error) {
      // What was unsure before stays so: a clear refusal says nothing about an earlier try.
      const isUnsent = !sending && !mayHaveArrived(error);
      const notBefore = error instanceof PermanentError ? { notBefore: clock() + REFUSED_FOR } : {};
      await amend(deliveries, id, ({ sending: now, ...kept }) => ({
        ...kept,
        ...(now && !isUnsent && { sending: now }),
        ...notBefore,
      }));
      throw error;
    }
  }
  // Recorded first: after a crash in between, it is sent and recorded again, which changes neither.
  await recordSent();
  await amend(deliveries, id, ({ sending: _, ...now }) => ({ ...now, sent: own }));
}

const isSame = (one: Sent, other: Sent): boolean => one.action === other.action;

const mayHaveArrived = (error: unknown): boolean =>
  !(error instanceof PermanentError || error instanceof TransientError) ||
  error.failure === "destination-unsure";

const takenOver = (id: string): TransientError =>
  new TransientError(`another worker is sending ${id} right now`, {
    failure: "taken-over",
    advice: "Nothing to do: the next run finds what it sent.",
  });
