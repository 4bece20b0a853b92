import type { Member } from "../../incidents/alert-group.ts";
import { type Incident, watchIdOf } from "../../incidents/incident.ts";
import { hasNews } from "../../notifications/decide.ts";
import { lookAgainAt } from "../../notifications/recheck.ts";
import type { Reminding } from "../../notifications/reminder.ts";
import type { Hush } from "../../notifications/suppression.ts";
import { type AuditedDecision, silencesOf } from "../../reports/audit.ts";
import type { AuditStore } from "../ports/audit.ts";
import type { Clock } from "../ports/clock.ts";
import type { Agenda, IncidentStore, Outbox, OutboxEntry } from "../ports/incidents.ts";
import { noteWithheld } from "./record.ts";

export interface WaitingDeps {
  readonly outbox: Pick<Outbox, "all" | "remove">;
  readonly agenda: Agenda;
  readonly incidents: Pick<IncidentStore, "byId" | "save">;
  readonly audit: Pick<AuditStore, "recordDecisions">;
  readonly clock: Clock;
  readonly reminding: Reminding;
}

/** Incidents that wait to be looked at, each with its entry of the outbox where it has one. */
export type Waiting = ReadonlyMap<string, OutboxEntry | undefined>;

/** The incidents of a room that may have something unsaid, or are to be looked at again by now. */
export async function waitingIn(room: string, { outbox, agenda, clock }: WaitingDeps): Promise<Waiting> {
  const [unsaid, due] = await Promise.all([outbox.all(), agenda.due(clock())]);
  const appointed = due
    .filter((one) => one.room === room)
    .map(({ incidentId }) => [incidentId, undefined] as const);
  return new Map([...appointed, ...[...unsaid].filter(([, entry]) => entry.room === room)]);
}

/** Takes incidents off every list. */
export async function leave(waiting: Waiting, { outbox, agenda }: WaitingDeps): Promise<void> {
  await agenda.remove([...waiting.keys()]);
  await takeOff(waiting, outbox);
}

/** What came in since it was read stays, and is looked at next. */
async function takeOff(waiting: Waiting, outbox: WaitingDeps["outbox"]): Promise<void> {
  for (const [id, entry] of waiting) if (entry) await outbox.remove(id, entry);
}

/** When all is said for now: notes what was kept from people and when to look again; nothing waits any more. */
export async function settle(
  room: string,
  members: readonly Member[],
  waiting: Waiting,
  deps: WaitingDeps,
): Promise<void> {
  for (const { incident, hush } of members) {
    const isNew = hush && hasNews(incident) && !isNoted(incident, hush);
    if (isNew) await noteWithheld(incident.id, { ...hush, at: deps.clock() }, deps);
  }
  await recordAll(silencesOf(members, deps.clock()), deps);
  const appointments = members.flatMap((member) => {
    const at = lookAgainAt(member, deps.reminding);
    return at === undefined ? [] : [{ incidentId: member.incident.id, room, at }];
  });
  const appointed = new Set(appointments.map(({ incidentId }) => incidentId));
  const settled = new Set([...waiting.keys(), ...members.map(({ incident }) => incident.id)]);
  await deps.agenda.save(appointments);
  await deps.agenda.remove([...settled].filter((id) => !appointed.has(id)));
  await takeOff(waiting, deps.outbox);
}

/** Keeps decisions, each with the watch of its incident. */
export async function recordAll(
  decisions: readonly AuditedDecision[],
  { audit }: Pick<WaitingDeps, "audit">,
): Promise<void> {
  const byWatch = Map.groupBy(decisions, ({ incidentId }) => watchIdOf(incidentId));
  for (const [watchId, its] of byWatch) await audit.recordDecisions(watchId, its);
}

const isNoted = ({ withheld, told }: Incident, { because, until }: Hush): boolean =>
  withheld?.because === because &&
  withheld.until === until &&
  withheld.at > (told?.at ?? Number.NEGATIVE_INFINITY);
