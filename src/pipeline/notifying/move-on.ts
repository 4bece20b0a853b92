import { PermanentError } from "../../errors.ts";
import { groupKeyOf } from "../../incidents/alert-group.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";
import { membersOf } from "./alert-group.ts";

/** Whether a failure means that nothing can be posted in a channel any more. */
export const isPlaceGone = (error: unknown): boolean =>
  error instanceof PermanentError && error.failure === "slack-destination";

/**
 * Takes out of an alert group, whose channel is gone, the incidents whose watches have another channel: the next notify
 * posts them there as new. Returns whether none is left. Safe to repeat after a crash.
 */
export async function moveOn(alertGroupId: string, context: Context): Promise<boolean> {
  const { alertGroups, incidents, outbox } = context;
  const alertGroup = await alertGroups.byId(alertGroupId);
  if (!alertGroup) return true;
  const members = await membersOf(alertGroup, context);
  const moved = members.filter(({ watch, incident }) => groupKeyOf(watch, incident) !== alertGroup.groupKey);
  // Queued first, so that after a crash nothing is forgotten.
  for (const { watch, incident } of moved) await outbox.add(incident.id, groupKeyOf(watch, incident));
  for (const { incident } of moved)
    await amend(incidents, incident.id, (now) => {
      const { alertGroupId: own, lastNotified: _, ...rest } = now;
      return own === alertGroupId ? rest : now;
    });
  const gone = new Set(moved.map(({ incident }) => incident.id));
  await amend(alertGroups, alertGroupId, (now) => {
    const left = now.members.filter((id) => !gone.has(id));
    return left.length === now.members.length ? now : { ...now, members: left };
  });
  // Members that moved earlier cannot be taken out of the message any more, and need not be.
  const left = members.filter(({ incident }) => incident.unwatched?.movedTo !== undefined);
  return members.length > 0 && moved.length + left.length === members.length;
}
