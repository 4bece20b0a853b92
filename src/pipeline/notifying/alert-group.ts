import {
  beginCause,
  type Cause,
  JOIN_WITHIN,
  joinCause,
  type Member,
  roomOf,
} from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { stepOf } from "../../time/time.ts";
import { amend } from "../amend.ts";
import { leftMember } from "../leaving.ts";
import type { CauseStore, IncidentStore } from "../ports/incidents.ts";
import type { WatchStore } from "../ports/watches.ts";
import { type HushDeps, type HushOf, hushes } from "./suppression.ts";

export interface GatherDeps extends HushDeps {
  readonly incidents: IncidentStore;
  readonly causes: CauseStore;
  readonly watches: Pick<WatchStore, "byId">;
}

/** An incident with its watch, undefined when either is gone. @param hushOf as it was read for others. */
export async function memberOf(
  incidentId: string,
  deps: GatherDeps,
  hushOf?: HushOf,
): Promise<Member | undefined> {
  const { incidents, watches } = deps;
  const incident = await incidents.byId(incidentId);
  // One that was closed with its watch goes by that: another may bear its name.
  const watch = incident && (incident.unwatched?.watch ?? (await watches.byId(incident.watchId)));
  const hush = watch && (hushOf ?? (await hushes(deps)))(incident, watch);
  return watch && { incident, watch, ...(hush && { hush }) };
}

/** Those members of a cause that are still there, and those that are told elsewhere as they left it. */
export async function membersOf(cause: Cause, deps: GatherDeps): Promise<Member[]> {
  const hushOf = await hushes(deps);
  const found = await Promise.all(cause.members.map((id) => memberOf(id, deps, hushOf)));
  return found.flatMap((member) => {
    if (!member) return [];
    const left = leftMember(member, cause);
    if (left) return [left];
    const isElsewhere = member.incident.causeId !== undefined && member.incident.causeId !== cause.id;
    return isElsewhere ? [] : [member];
  });
}

/** All incidents that are said in the same message as one, itself first. */
export async function toldTogether(
  incident: Incident,
  { causes, incidents }: { causes: Pick<CauseStore, "byId">; incidents: Pick<IncidentStore, "byId"> },
): Promise<Incident[]> {
  const cause = incident.causeId ? await causes.byId(incident.causeId) : undefined;
  const others = (cause?.members ?? []).filter((id) => id !== incident.id);
  const found = await Promise.all(others.map((id) => incidents.byId(id)));
  return [incident, ...found.flatMap((other) => (other?.causeId === cause?.id ? (other ?? []) : []))];
}

/** Finds or begins the cause an incident belongs to, and notes it on both. Safe to repeat. */
export async function gather({ incident, watch }: Member, deps: GatherDeps): Promise<string> {
  if (incident.causeId) return incident.causeId;
  const { unit } = watch.series;
  const room = roomOf(watch, incident);
  const reach = JOIN_WITHIN * stepOf(unit);
  for (;;) {
    const near = await deps.causes.near(room, incident.openedAt - reach, incident.openedAt + reach);
    const found = await firstToJoin(near, incident, deps);
    const joined = found ? joinCause(found, incident) : beginCause(room, incident, unit);
    const saved = joined === found ? found : await deps.causes.save(joined);
    if (!saved) continue;
    const causeId = saved.id;
    await amend(deps.incidents, incident.id, (now) => (now.causeId === causeId ? now : { ...now, causeId }));
    return causeId;
  }
}

/** One that has the incident already, or began with it, or is not over yet. */
async function firstToJoin(
  near: readonly Cause[],
  incident: Incident,
  deps: GatherDeps,
): Promise<Cause | undefined> {
  const own = near.find(
    ({ members, openedAt }) => members.includes(incident.id) || openedAt === incident.openedAt,
  );
  if (own) return own;
  for (const cause of near) {
    const members = await membersOf(cause, deps);
    if (members.some((member) => member.incident.resolvedAt === undefined)) return cause;
  }
  return undefined;
}
