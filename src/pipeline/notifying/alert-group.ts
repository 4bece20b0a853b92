import {
  type AlertGroup,
  groupKeyOf,
  JOIN_WITHIN,
  joinAlertGroup,
  type Member,
  openAlertGroup,
} from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { stepOf } from "../../time/time.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";
import type { AlertGroupStore, IncidentStore } from "../ports/incidents.ts";
import { leftMember } from "./leaving.ts";
import { type SuppressionOf, suppressions } from "./suppression.ts";

/** An incident with its watch, undefined when either is gone. @param suppressionOf the suppressions, if already read. */
export async function memberOf(
  incidentId: string,
  context: Context,
  suppressionOf?: SuppressionOf,
): Promise<Member | undefined> {
  const { incidents, watches } = context;
  const incident = await incidents.byId(incidentId);
  // An incident that was closed with its watch keeps that watch: another may have its name.
  const watch = incident && (incident.unwatched?.watch ?? (await watches.byId(incident.watchId)));
  const suppression = watch && (suppressionOf ?? (await suppressions(context)))(incident, watch);
  return watch && { incident, watch, ...(suppression && { suppression }) };
}

/** The members of an alert group that still exist, and those that moved, as they left. */
export async function membersOf(alertGroup: AlertGroup, context: Context): Promise<Member[]> {
  const suppressionOf = await suppressions(context);
  const found = await Promise.all(alertGroup.members.map((id) => memberOf(id, context, suppressionOf)));
  return found.flatMap((member) => {
    if (!member) return [];
    const left = leftMember(member, alertGroup);
    if (left) return [left];
    const isElsewhere =
      member.incident.alertGroupId !== undefined && member.incident.alertGroupId !== alertGroup.id;
    return isElsewhere ? [] : [member];
  });
}

/** All incidents in the same message as one, itself first. */
export async function notifiedTogether(
  incident: Incident,
  {
    alertGroups,
    incidents,
  }: { alertGroups: Pick<AlertGroupStore, "byId">; incidents: Pick<IncidentStore, "byId"> },
): Promise<Incident[]> {
  const alertGroup = incident.alertGroupId ? await alertGroups.byId(incident.alertGroupId) : undefined;
  const others = (alertGroup?.members ?? []).filter((id) => id !== incident.id);
  const found = await Promise.all(others.map((id) => incidents.byId(id)));
  return [
    incident,
    ...found.flatMap((other) => (other?.alertGroupId === alertGroup?.id ? (other ?? []) : [])),
  ];
}

/** Finds or opens the alert group of an incident, and records it on both. Safe to repeat. */
export async function assignGroup({ incident, watch }: Member, context: Context): Promise<string> {
  if (incident.alertGroupId) return incident.alertGroupId;
  const { unit } = watch.series;
  const groupKey = groupKeyOf(watch, incident);
  const reach = JOIN_WITHIN * stepOf(unit);
  for (;;) {
    const near = await context.alertGroups.near(
      groupKey,
      incident.openedAt - reach,
      incident.openedAt + reach,
    );
    const found = await firstToJoin(near, incident, context);
    const joined = found ? joinAlertGroup(found, incident) : openAlertGroup(groupKey, incident, unit);
    const saved = joined === found ? found : await context.alertGroups.save(joined);
    if (!saved) continue;
    const alertGroupId = saved.id;
    await amend(context.incidents, incident.id, (now) =>
      now.alertGroupId === alertGroupId ? now : { ...now, alertGroupId },
    );
    return alertGroupId;
  }
}

/** A group that has the incident already, started with it, or is still open. */
async function firstToJoin(
  near: readonly AlertGroup[],
  incident: Incident,
  context: Context,
): Promise<AlertGroup | undefined> {
  const own = near.find(
    ({ members, openedAt }) => members.includes(incident.id) || openedAt === incident.openedAt,
  );
  if (own) return own;
  for (const alertGroup of near) {
    const members = await membersOf(alertGroup, context);
    if (members.some((member) => member.incident.resolvedAt === undefined)) return alertGroup;
  }
  return undefined;
}
