import { type AlertGroup, groupKeyOf, type Member, moveAway } from "../../incidents/alert-group.ts";
import type { Incident, Unwatched } from "../../incidents/incident.ts";
import { redraw, rewatch, unwatch } from "../../incidents/unwatched.ts";
import { seriesId } from "../../series/series.ts";
import type { Change } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import { DAY } from "../../time/time.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";

/** How far back to look for an incident that was closed when its watch was removed. */
const MEMORY = 30 * DAY;

/**
 * Queues updates of a watch's messages after it was removed, moved to another channel, edited or restored. Safe to
 * repeat. @param now the watch at present; left out if it is gone, and then as it was
 */
export async function wakeWatch(
  before: Watch | undefined,
  now: Watch | undefined,
  { incidents, outbox }: Pick<Context, "incidents" | "outbox">,
): Promise<void> {
  const watch = now ?? before;
  if (!watch) return;
  if (now) {
    const closed = await incidents.since(watch.id, Math.max(0, now.createdAt - MEMORY));
    for (const one of closed.filter(
      ({ unwatched }) => unwatched && !unwatched.isUnconfigured && isSameAs(unwatched.watch, now),
    ))
      await amend(incidents, one.id, rewatch);
  }
  for (const { id, lastNotified, resolvedAt } of await incidents.live(watch.id)) {
    if (!lastNotified || resolvedAt !== undefined) continue;
    // The message shows the name, owner and runbook of the watch.
    if (now) await amend(incidents, id, redraw);
    await outbox.add(id, groupKeyOf(watch, (await incidents.byId(id))!));
  }
}

// Another watch may have its name now.
const isSameAs = (one: Watch, other: Watch): boolean =>
  one.createdAt === other.createdAt && seriesId(one.series) === seriesId(other.series);

/** Closes an incident whose watch was removed, and records by whom. Returns whether its message has to change. */
export async function closeUnwatched(incidentId: string, context: Context): Promise<boolean> {
  const incident = await context.incidents.byId(incidentId);
  if (!incident || (await context.watches.byId(incident.watchId))) return false;
  const removal = await newestOf(incident, context, ({ before, after }) => before !== undefined && !after);
  const watch = removal?.changed.kind === "watch" ? removal.changed.before : undefined;
  if (!removal || !watch) return false;
  const { at, by } = removal;
  await amend(context.incidents, incidentId, (now) => unwatch(now, { at, by, watch }));
  return incident.lastNotified !== undefined;
}

/** Takes an incident out of the message in the watch's former channel; it gets a message in the new one. */
export async function leaveFor({ incident, watch }: Member, context: Context): Promise<void> {
  const { alertGroups, incidents, outbox, clock } = context;
  const alertGroup = incident.alertGroupId ? await alertGroups.byId(incident.alertGroupId) : undefined;
  if (alertGroup?.ref) {
    const move = await newestOf(
      incident,
      context,
      ({ before, after }) => after?.channel === watch.channel && before?.channel !== watch.channel,
    );
    const unwatched: Unwatched = {
      at: clock(),
      ...(move && { by: move.by }),
      movedTo: watch.channel,
      watch: { ...watch, channel: alertGroup.ref.channel },
    };
    // Written before it leaves, so that a crash in between is repaired.
    await amend(alertGroups, alertGroup.id, (now) => moveAway(now, incident.id, unwatched));
    await outbox.add(alertGroup.id, alertGroup.groupKey);
  }
  await amend(incidents, incident.id, ({ alertGroupId: _, lastNotified: __, ...rest }) => rest);
}

/** Whether an incident's message is in a channel that its watch no longer uses. */
export const hasMoved = ({ incident, watch }: Member): boolean =>
  !incident.unwatched &&
  incident.alertGroupId !== undefined &&
  !incident.alertGroupId.startsWith(`${groupKeyOf(watch, incident)}@`);

/** Records that the message of an alert group shows which members moved. */
export async function noteMoved(
  alertGroupId: string,
  members: readonly Member[],
  { alertGroups }: Pick<Context, "alertGroups">,
): Promise<void> {
  const shown = members.flatMap(({ incident: { unwatched } }) => (unwatched?.movedTo ? [unwatched.at] : []));
  if (shown.length === 0) return;
  await amend(alertGroups, alertGroupId, (alertGroup) => ({
    ...alertGroup,
    moved: (alertGroup.moved ?? []).map((one) => (shown.includes(one.at) ? { ...one, isShown: true } : one)),
  }));
}

/** A member as its former message shows it: closed here, continued elsewhere. */
export function leftMember({ incident, watch }: Member, { ref, moved = [] }: AlertGroup): Member | undefined {
  const left = moved.find(({ incidentId }) => incidentId === incident.id);
  if (!left || !ref) return undefined;
  const { isShown, incidentId: _, ...unwatched } = left;
  const { severity, lastBucket, acknowledged, labelled } = incident;
  const { suppressed: __, ...rest } = incident;
  return {
    watch: { ...watch, channel: ref.channel },
    incident: {
      ...unwatch(rest, unwatched),
      lastNotified: {
        severity,
        resolved: isShown,
        bucket: lastBucket,
        at: left.at,
        ...(acknowledged && { acknowledgedBy: acknowledged.by }),
        ...(labelled && { labelled }),
        ...ref,
      },
    },
  };
}

type WatchStep = Extract<Change["changed"], { kind: "watch" }>;

/** The newest change of a kind to an incident's watch since the incident opened. */
async function newestOf(
  { watchId, openedAt }: Incident,
  { changes }: Pick<Context, "changes">,
  isMeant: (changed: WatchStep) => boolean,
): Promise<Change | undefined> {
  const all = await changes.since(openedAt);
  return all.find(
    ({ changed }) => changed.kind === "watch" && changed.watchId === watchId && isMeant(changed),
  );
}
