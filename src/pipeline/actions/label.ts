import { InputError } from "../../errors.ts";
import { roomOf } from "../../incidents/alert-group.ts";
import { withLabel } from "../../incidents/apply-label.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Label, Labelling } from "../../incidents/label.ts";
import type { Exclusion } from "../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";
import type { Changed } from "../../settings/change.ts";
import { amend } from "../amend.ts";
import { toldTogether } from "../notifying/alert-group.ts";
import type { CauseStore, Outbox } from "../ports/incidents.ts";
import type { EventStore, ExclusionStore } from "../ports/teaching.ts";
import { type LessonDeps, settleExclusion, settleLenience } from "./feedback.ts";

export interface LabelDeps extends LessonDeps {
  readonly causes: Pick<CauseStore, "byId">;
  readonly outbox: Pick<Outbox, "add">;
}

/**
 * Notes what an incident was, and with it all that is said in the same message; what follows from that is done at once
 * (docs/concepts.md). Throws InputError when there is none, or when its level went back and a new normal is claimed.
 */
export async function labelIncident(
  incidentId: string,
  label: Label,
  by: string,
  deps: LabelDeps,
): Promise<Changed> {
  const all = await toldTogether(await known(incidentId, deps), deps);
  const isBack = (incident: Incident) =>
    withLabel(incident, undefined).resolvedAt !== undefined && !incident.accepted;
  if (label === "new-normal" && all.every(isBack))
    throw new InputError(
      `the incident ${incidentId} is over and its level went back, so there is no new normal: label it real, expected or false-alarm`,
    );
  return setLabel(incidentId, { label, by, at: deps.clock() }, deps);
}

/** Gives an incident and its kin a label, or takes it away; answers what was before. Throws InputError when there is none. */
export async function setLabel(
  incidentId: string,
  labelling: Labelling | undefined,
  deps: LabelDeps,
): Promise<Changed> {
  const { incidents, watches, outbox } = deps;
  const named = await known(incidentId, deps);
  for (const { id } of await toldTogether(named, deps)) {
    const labelled = await amend(incidents, id, (incident) => withLabel(incident, labelling));
    const watch = labelled && (await watches.byId(labelled.watchId));
    if (!watch) continue;
    await settleExclusion(id, watch, deps);
    await settleLenience(watch.id, deps);
    await outbox.add(id, roomOf(watch, labelled));
  }
  const { labelled: before } = named;
  return { kind: "label", incidentId, ...(before && { before }), ...(labelling && { after: labelling }) };
}

/** Replaces, adds or removes an exclusion; from the next hour on, the series has learned accordingly. */
export async function setExclusion(
  seriesId: string,
  id: string,
  exclusion: Exclusion | undefined,
  { exclusions }: { readonly exclusions: ExclusionStore },
): Promise<Changed> {
  const before = (await exclusions.of(seriesId)).find((one) => one.id === id);
  if (exclusion) await exclusions.save(exclusion);
  else await exclusions.remove(seriesId, id);
  return {
    kind: "exclusion",
    seriesId,
    id,
    ...(before && { before }),
    ...(exclusion && { after: exclusion }),
  };
}

/** Replaces, adds or removes a planned event. */
export async function setEvent(
  id: string,
  event: PlannedEvent | undefined,
  { events }: { readonly events: EventStore },
): Promise<Changed> {
  const before = (await events.all()).find((one) => one.id === id);
  if (event) await events.save(event);
  else await events.remove(id);
  return { kind: "event", id, ...(before && { before }), ...(event && { after: event }) };
}

async function known(incidentId: string, { incidents }: LabelDeps): Promise<Incident> {
  const incident = await incidents.byId(incidentId);
  if (!incident)
    throw new InputError(`there is no incident "${incidentId}": its id stands below its message`);
  return incident;
}
