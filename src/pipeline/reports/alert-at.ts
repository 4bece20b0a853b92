import { groupKeysIn } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { KEPT } from "../../settings/limits.ts";
import { DAY } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { MessageRef } from "../ports/messages.ts";

/** An incident of the alert that a message shows; undefined if the message is no alert, or is older than what is kept. */
export async function incidentAt(
  { channel, ts }: MessageRef,
  { alertGroups, incidents, workspaces, watches, clock }: Context,
): Promise<Incident | undefined> {
  // A workspace may no longer be configured while its watches and alerts are still there.
  const named = [
    ...workspaces.map(({ name }) => name),
    ...(await watches.all()).map((one) => one.series.workspace),
  ];
  const keys = [...new Set(named)].flatMap((workspace) => groupKeysIn(workspace, channel));
  const now = clock();
  const found = await Promise.all(keys.map((key) => alertGroups.near(key, now - KEPT, now + DAY)));
  const alertGroup = found.flat().find(({ ref }) => ref?.channel === channel && ref.ts === ts);
  for (const id of alertGroup?.members ?? []) {
    const incident = await incidents.byId(id);
    if (incident) return incident;
  }
  return undefined;
}
