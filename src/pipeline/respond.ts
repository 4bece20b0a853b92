import { roomOf } from "../core/cause.ts";
import type { Acknowledgement, Incident } from "../core/incident.ts";
import { InputError } from "../errors.ts";
import { amend } from "./amend.ts";
import type { Clock } from "./ports/clock.ts";
import type { CauseStore, IncidentStore, Outbox } from "./ports/incidents.ts";
import type { WatchStore } from "./ports/watches.ts";

export interface RespondDeps {
  readonly incidents: Pick<IncidentStore, "byId" | "save">;
  readonly causes: Pick<CauseStore, "byId">;
  readonly watches: Pick<WatchStore, "byId">;
  readonly outbox: Pick<Outbox, "add">;
  readonly clock: Clock;
}

/**
 * Notes that somebody takes care of an incident, and of all that is said in the same message; what is acknowledged
 * already stays as it is. Answers who does, and since when. Throws InputError when there is none, or when it is over.
 */
export async function acknowledge(
  incidentId: string,
  by: string,
  deps: RespondDeps,
): Promise<Acknowledgement> {
  const named = await openIncident(incidentId, deps);
  const acknowledgement = { by, at: deps.clock() };
  for (const id of await toldTogether(named, deps)) {
    await changeOpen(id, deps, (incident) =>
      incident.acknowledged ? undefined : { ...incident, acknowledged: acknowledgement },
    );
  }
  await lookAgain(named, deps);
  return (await deps.incidents.byId(incidentId))?.acknowledged ?? acknowledgement;
}

/**
 * Takes an acknowledgement back, of all that is said in the same message: reminders begin again. Answers whose it was,
 * undefined where nobody had. Throws InputError when there is no such incident, or when it is over.
 */
export async function unacknowledge(
  incidentId: string,
  deps: RespondDeps,
): Promise<Acknowledgement | undefined> {
  const named = await openIncident(incidentId, deps);
  for (const id of await toldTogether(named, deps)) {
    await changeOpen(id, deps, ({ acknowledged, ...incident }) => acknowledged && incident);
  }
  await lookAgain(named, deps);
  return named.acknowledged;
}

async function openIncident(id: string, { incidents }: Pick<RespondDeps, "incidents">): Promise<Incident> {
  const named = await incidents.byId(id);
  if (!named) throw new InputError(`there is no incident "${id}": its id stands below its message`);
  if (named.resolvedAt !== undefined)
    throw new InputError(`the incident ${id} is over, so nobody need see to it`);
  return named;
}

async function toldTogether({ id, causeId }: Incident, { causes }: RespondDeps): Promise<readonly string[]> {
  const cause = causeId ? await causes.byId(causeId) : undefined;
  return cause?.members ?? [id];
}

/** Its message shows who sees to it, from the next look on. */
async function lookAgain(incident: Incident, { watches, outbox }: RespondDeps): Promise<void> {
  const watch = await watches.byId(incident.watchId);
  if (watch) await outbox.add(incident.id, roomOf(watch, incident));
}

const changeOpen = (
  incidentId: string,
  { incidents }: Pick<RespondDeps, "incidents">,
  to: (incident: Incident) => Incident | undefined,
) =>
  amend(incidents, incidentId, (incident) => (incident.resolvedAt === undefined ? to(incident) : undefined));
