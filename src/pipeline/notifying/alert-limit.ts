import type { Cause, Member } from "../../incidents/alert-group.ts";
import { type Admission, type AlertBudget, admit, type Spending } from "../../notifications/alert-limit.ts";
import type { SpendingStore } from "../ports/budget.ts";
import type { Clock } from "../ports/clock.ts";

export interface AdmitDeps {
  readonly spendings: SpendingStore;
  readonly budget: AlertBudget;
  readonly clock: Clock;
}

/** Finds room in a channel's alert budget for the message of a cause, and notes it. Safe to repeat. */
export async function findRoom(
  channel: string,
  cause: Pick<Cause, "id">,
  members: readonly Member[],
  { spendings, budget, clock }: AdmitDeps,
): Promise<Admission> {
  for (;;) {
    const before = (await spendings.of(channel)) ?? beginSpending(channel);
    const admission = admit(before, cause, members, budget, clock());
    if (admission.spending === before || (await spendings.save(admission.spending))) return admission;
  }
}

const beginSpending = (channel: string): Spending => ({ id: channel, spent: [], version: 0 });
