import type { Member } from "../../incidents/alert-group.ts";
import { type Incident, watchIdOf } from "../../incidents/incident.ts";
import { hasNews } from "../../notifications/decide.ts";
import { recheckAt } from "../../notifications/recheck.ts";
import type { SuppressedNotification, Suppression } from "../../notifications/suppression.ts";
import { type AuditedDecision, suppressionsOf } from "../../reports/audit.ts";
import type { Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { OutboxEntry } from "../ports/incidents.ts";
import { recordSuppressed } from "./record.ts";

/** Incidents to look at, each with its outbox entry if it has one. */
export type Waiting = ReadonlyMap<string, OutboxEntry | undefined>;

/** The incidents of a group key in the outbox or due for a re-check. */
export async function pendingIn(groupKey: string, { outbox, rechecks, clock }: Context): Promise<Waiting> {
  const [queued, due] = await Promise.all([outbox.all(), rechecks.due(clock())]);
  const rechecked = due
    .filter((one) => one.groupKey === groupKey)
    .map(({ incidentId }) => [incidentId, undefined] as const);
  return new Map([...rechecked, ...[...queued].filter(([, entry]) => entry.groupKey === groupKey)]);
}

/** Removes incidents from the outbox and the re-checks. */
export async function leave(waiting: Waiting, { outbox, rechecks }: Context): Promise<void> {
  await rechecks.remove([...waiting.keys()]);
  await takeOff(waiting, outbox);
}

/** An entry that was added since the read stays, and is handled next. */
async function takeOff(waiting: Waiting, outbox: Context["outbox"]): Promise<void> {
  for (const [id, entry] of waiting) if (entry) await outbox.remove(id, entry);
}

/** When everything is posted: records suppressions, schedules re-checks, and clears the outbox. */
export async function finish(
  groupKey: string,
  members: readonly Member[],
  waiting: Waiting,
  context: Context,
): Promise<void> {
  for (const { incident, suppression } of members) {
    const isNew = suppression && hasNews(incident) && !isNoted(incident, suppression);
    if (isNew) await recordSuppressed(incident.id, suppressedBy(suppression, context.clock()), context);
  }
  await recordAll(suppressionsOf(members, context.clock()), context);
  const appointments = members.flatMap((member) => {
    const at = recheckAt(member, context.reminding);
    return at === undefined ? [] : [{ incidentId: member.incident.id, groupKey, at }];
  });
  const rechecked = new Set(appointments.map(({ incidentId }) => incidentId));
  const finished = new Set([...waiting.keys(), ...members.map(({ incident }) => incident.id)]);
  await context.rechecks.save(appointments);
  await context.rechecks.remove([...finished].filter((id) => !rechecked.has(id)));
  await takeOff(waiting, context.outbox);
}

/** Records decisions, each with the watch of its incident. */
export async function recordAll(
  decisions: readonly AuditedDecision[],
  { audit }: Pick<Context, "audit">,
): Promise<void> {
  const byWatch = Map.groupBy(decisions, ({ incidentId }) => watchIdOf(incidentId));
  for (const [watchId, its] of byWatch) await audit.recordDecisions(watchId, its);
}

const suppressedBy = ({ because, until }: Suppression, at: Instant): SuppressedNotification => ({
  because,
  ...(until !== undefined && { until }),
  at,
});

const isNoted = ({ suppressed, lastNotified }: Incident, { because, until }: Suppression): boolean =>
  suppressed?.because === because &&
  suppressed.until === until &&
  suppressed.at > (lastNotified?.at ?? Number.NEGATIVE_INFINITY);
