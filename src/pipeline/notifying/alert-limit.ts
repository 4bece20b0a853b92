import type { AlertGroup, Member } from "../../incidents/alert-group.ts";
import { type Admission, type LimitUsage, tryAcquire } from "../../notifications/alert-limit.ts";
import type { Context } from "../context.ts";

/** Asks the alert limit of a channel for a new message for an alert group, and records it. Safe to repeat. */
export async function acquireMessage(
  channel: string,
  alertGroup: Pick<AlertGroup, "id">,
  members: readonly Member[],
  { limitUsages, alertLimits, clock }: Pick<Context, "limitUsages" | "alertLimits" | "clock">,
): Promise<Admission> {
  for (;;) {
    const before = (await limitUsages.of(channel)) ?? newUsage(channel);
    const admission = tryAcquire(before, alertGroup, members, alertLimits, clock());
    if (admission.usage === before || (await limitUsages.save(admission.usage))) return admission;
  }
}

const newUsage = (channel: string): LimitUsage => ({ id: channel, counted: [], version: 0 });
