import type { AlertGroup, Member } from "../../incidents/alert-group.ts";
import {
  type Admission,
  type AlertLimits,
  type LimitUsage,
  tryAcquire,
} from "../../notifications/alert-limit.ts";
import type { LimitUsageStore } from "../ports/alert-limits.ts";
import type { Clock } from "../ports/clock.ts";

export interface AlertLimitDeps {
  readonly limitUsages: LimitUsageStore;
  readonly alertLimits: AlertLimits;
  readonly clock: Clock;
}

/** Asks the alert limit of a channel for a new message for an alert group, and records it. Safe to repeat. */
export async function acquireMessage(
  channel: string,
  alertGroup: Pick<AlertGroup, "id">,
  members: readonly Member[],
  { limitUsages, alertLimits, clock }: AlertLimitDeps,
): Promise<Admission> {
  for (;;) {
    const before = (await limitUsages.of(channel)) ?? newUsage(channel);
    const admission = tryAcquire(before, alertGroup, members, alertLimits, clock());
    if (admission.usage === before || (await limitUsages.save(admission.usage))) return admission;
  }
}

const newUsage = (channel: string): LimitUsage => ({ id: channel, counted: [], version: 0 });
