import { InputError } from "../../errors.ts";
import type { Member } from "../../incidents/alert-group.ts";
import type { AlertContext } from "../../notifications/context.ts";
import type { AuditedDecision } from "../../reports/audit.ts";
import type { Context } from "../context.ts";
import { memberOf, membersOf } from "../notifying/alert-group.ts";
import { alertContextOf } from "../notifying/context.ts";

/** An incident with all others in the same message. */
export interface Together extends Member {
  readonly members: readonly Member[];
}

/** Everything known about an incident. */
export interface Detail extends Together {
  readonly alertContext: AlertContext;
  /** Oldest first. */
  readonly decisions: readonly AuditedDecision[];
  readonly address?: string;
}

/** Finds an incident and the others in its message. Throws InputError when it does not exist. */
export async function togetherWith(incidentId: string, context: Context): Promise<Together> {
  const member = await memberOf(incidentId, context);
  if (!member)
    throw new InputError(
      `there is no incident "${incidentId}": its watch was removed, or it resolved long ago`,
    );
  const { alertGroupId } = member.incident;
  const alertGroup = alertGroupId ? await context.alertGroups.byId(alertGroupId) : undefined;
  const members = alertGroup ? await membersOf(alertGroup, context) : [member];
  return { ...member, members: members.length > 0 ? members : [member] };
}

/** Reads everything known about an incident. Throws InputError when it does not exist. */
export async function detailOf(incidentId: string, context: Context): Promise<Detail> {
  const together = await togetherWith(incidentId, context);
  const { incident, watch } = together;
  const [alertContext, decisions, address] = await Promise.all([
    alertContextOf(together, context),
    context.audit.decisions(watch.id, incident.openedAt),
    incident.lastNotified ? context.permalinks(incident.lastNotified) : undefined,
  ]);
  return {
    ...together,
    alertContext,
    decisions: decisions.filter((one) => one.incidentId === incidentId),
    ...(address && { address }),
  };
}
