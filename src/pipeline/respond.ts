import { roomOf } from "../core/cause.ts";
import type { Acknowledgement, Incident } from "../core/incident.ts";
import { InputError } from "../errors.ts";
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
  const { incidents, causes, watches, outbox, clock } = deps;
  const named = await incidents.byId(incidentId);
  if (!named) throw new InputError(`there is no incident "${incidentId}": its id stands below its message`);
  if (named.resolvedAt !== undefined) throw new InputError(`${incidentId} is over, so nobody need see to it`);

  const acknowledgement = { by, at: clock() };
  const cause = named.causeId ? await causes.byId(named.causeId) : undefined;
  for (const id of cause?.members ?? [incidentId]) await note(id, acknowledgement, incidents);
  // Its message shows who does, from the next look on.
  const watch = await watches.byId(named.watchId);
  if (watch) await outbox.add(incidentId, roomOf(watch, named));
  return (await incidents.byId(incidentId))?.acknowledged ?? acknowledgement;
}

async function note(
  incidentId: string,
  acknowledged: Acknowledgement,
  incidents: RespondDeps["incidents"],
): Promise<void> {
  for (;;) {
    const incident: Incident | undefined = await incidents.byId(incidentId);
    if (!incident || incident.resolvedAt !== undefined || incident.acknowledged) return;
    if (await incidents.save({ ...incident, acknowledged })) return;
  }
}
