import { InputError } from "../../errors.ts";
import { withLabel } from "../../incidents/apply-label.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Label } from "../../incidents/label.ts";
import type { Changed } from "../../settings/change.ts";
import { commit, type Made } from "../changes/change.ts";
import type { Context } from "../context.ts";
import { notifiedTogether } from "../notifying/alert-group.ts";

/** A label that was given, removed or replaced. */
type LabelChanged = Extract<Changed, { kind: "label" }>;

/**
 * Labels an incident and all others in the same message, or removes the label, and applies what follows
 * (docs/concepts.md). Throws InputError when the incident does not exist, or when it is labelled new normal although
 * its level has recovered.
 */
export async function labelIncident(
  incidentId: string,
  label: Label | undefined,
  by: string,
  context: Context,
): Promise<Made<LabelChanged>> {
  const plan = async (): Promise<LabelChanged> => {
    const named = await known(incidentId, context);
    if (label === "new-normal") await refuseWhatWentBack(named, context);
    const { labelled: before } = named;
    const after = label && { label, by, at: context.clock() };
    return { kind: "label", incidentId, ...(before && { before }), ...(after && { after }) };
  };
  return commit(plan, by, context);
}

async function refuseWhatWentBack(named: Incident, context: Context): Promise<void> {
  const isBack = (incident: Incident) =>
    withLabel(incident, undefined).resolvedAt !== undefined && !incident.accepted;
  if ((await notifiedTogether(named, context)).every(isBack))
    throw new InputError(
      `the incident ${named.id} resolved and its level went back, so there is no new normal. Label it real, expected or false-alarm`,
    );
}

async function known(incidentId: string, { incidents }: Context): Promise<Incident> {
  const incident = await incidents.byId(incidentId);
  if (!incident)
    throw new InputError(`there is no incident "${incidentId}". See the id at the bottom of its alert`);
  return incident;
}
