import { InputError } from "../../errors.ts";
import type { Member } from "../../incidents/alert-group.ts";
import type { Circumstances } from "../../notifications/context.ts";
import type { AuditedDecision } from "../../reports/audit.ts";
import { type GatherDeps, memberOf, membersOf } from "../notifying/alert-group.ts";
import { type CircumstancesDeps, circumstancesOf } from "../notifying/context.ts";
import type { AuditStore } from "../ports/audit.ts";
import type { Permalinks } from "../ports/messages.ts";

export interface DetailDeps extends CircumstancesDeps, GatherDeps {
  readonly incidents: CircumstancesDeps["incidents"] & GatherDeps["incidents"];
  readonly watches: CircumstancesDeps["watches"] & GatherDeps["watches"];
  readonly audit: Pick<AuditStore, "decisions">;
  readonly permalinks: Permalinks;
}

/** An incident with all that is told in the same message. */
export interface Together extends Member {
  readonly members: readonly Member[];
}

/** Everything that is known of an incident. */
export interface Detail extends Together {
  readonly around: Circumstances;
  /** Oldest first. */
  readonly decisions: readonly AuditedDecision[];
  readonly address?: string;
}

/** Finds an incident and what is told with it. Throws InputError when there is none. */
export async function togetherWith(incidentId: string, deps: GatherDeps): Promise<Together> {
  const member = await memberOf(incidentId, deps);
  if (!member)
    throw new InputError(`there is no incident "${incidentId}": its watch was removed, or it is long over`);
  const { causeId } = member.incident;
  const cause = causeId ? await deps.causes.byId(causeId) : undefined;
  const members = cause ? await membersOf(cause, deps) : [member];
  return { ...member, members: members.length > 0 ? members : [member] };
}

/** Reads everything that is known of an incident. Throws InputError when there is none. */
export async function detailOf(incidentId: string, deps: DetailDeps): Promise<Detail> {
  const together = await togetherWith(incidentId, deps);
  const { incident, watch } = together;
  const [around, decisions, address] = await Promise.all([
    circumstancesOf(together, deps),
    deps.audit.decisions(watch.id, incident.openedAt),
    incident.told ? deps.permalinks(incident.told) : undefined,
  ]);
  return {
    ...together,
    around,
    decisions: decisions.filter((one) => one.incidentId === incidentId),
    ...(address && { address }),
  };
}
