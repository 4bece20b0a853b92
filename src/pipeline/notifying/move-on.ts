import { PermanentError } from "../../errors.ts";
import { groupKeyOf } from "../../incidents/alert-group.ts";
import { amend } from "../amend.ts";
import type { Outbox } from "../ports/incidents.ts";
import { type AlertGroupDeps, membersOf } from "./alert-group.ts";

export interface MoveOnDeps extends AlertGroupDeps {
  readonly outbox: Pick<Outbox, "add">;
}

/** Whether a failure says that nothing can be posted in a channel any more. */
export const isPlaceGone = (error: unknown): boolean =>
  error instanceof PermanentError && error.failure === "slack-destination";

/**
 * Takes out of a cause, whose channel is gone, the incidents of watches that have another channel by now: the next look
 * posts them there as if nobody had been notified. Answers whether none is left. Safe to repeat after a crash.
 */
export async function moveOn(alertGroupId: string, deps: MoveOnDeps): Promise<boolean> {
  const { alertGroups, incidents, outbox } = deps;
  const alertGroup = await alertGroups.byId(alertGroupId);
  if (!alertGroup) return true;
  const members = await membersOf(alertGroup, deps);
  const moved = members.filter(({ watch, incident }) => groupKeyOf(watch, incident) !== alertGroup.groupKey);
  // First of all, so that a crash leaves nothing that nobody looks at again.
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
  // What left it before, and cannot be taken out of its message any more, keeps nobody.
  const left = members.filter(({ incident }) => incident.unwatched?.movedTo !== undefined);
  return members.length > 0 && moved.length + left.length === members.length;
}
