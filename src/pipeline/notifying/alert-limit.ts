import type { AlertGroup, Member } from "../../incidents/alert-group.ts";
import {
  type Admission,
  type AlertLimits,
  type Spending,
  tryAcquire,
} from "../../notifications/alert-limit.ts";
import type { SpendingStore } from "../ports/budget.ts";
import type { Clock } from "../ports/clock.ts";

export interface AlertLimitDeps {
  readonly spendings: SpendingStore;
  readonly alertLimits: AlertLimits;
  readonly clock: Clock;
}

/** Asks the alert limit of a channel for a new message for an alert group, and records it. Safe to repeat. */
export async function acquireMessage(
  channel: string,
  alertGroup: Pick<AlertGroup, "id">,
  members: readonly Member[],
  { spendings, alertLimits, clock }: AlertLimitDeps,
): Promise<Admission> {
  for (;;) {
    const before = (await spendings.of(channel)) ?? beginSpending(channel);
    const admission = tryAcquire(before, alertGroup, members, alertLimits, clock());
    if (admission.spending === before || (await spendings.save(admission.spending))) return admission;
  }
}

const beginSpending = (channel: string): Spending => ({ id: channel, spent: [], version: 0 });
