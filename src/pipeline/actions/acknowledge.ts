import { InputError } from "../../errors.ts";
import { groupKeyOf } from "../../incidents/alert-group.ts";
import type { Acknowledgement, Incident } from "../../incidents/incident.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";
import { notifiedTogether } from "../notifying/alert-group.ts";

/**
 * Records that a person takes care of an incident and of all others in the same message. An earlier acknowledgement
 * stays. Returns who acknowledged it, and when. Throws InputError when the incident does not exist or all of them are
 * resolved.
 */
export async function acknowledge(
  incidentId: string,
  by: string,
  context: Context,
): Promise<Acknowledgement> {
  const open = await openWith(incidentId, context);
  const acknowledgement = { by, at: context.clock() };
  await changeShown(open, context, (incident) =>
    incident.acknowledged ? undefined : { ...incident, acknowledged: acknowledgement },
  );
  return (await context.incidents.byId(open[0].id))?.acknowledged ?? acknowledgement;
}

/**
 * Takes back the acknowledgement of an incident and of all others in the same message: reminders start again. Returns
 * whose it was, undefined if nobody's. Throws InputError when the incident does not exist or all of them are resolved.
 */
export async function unacknowledge(
  incidentId: string,
  context: Context,
): Promise<Acknowledgement | undefined> {
  const open = await openWith(incidentId, context);
  await changeShown(open, context, ({ acknowledged, ...incident }) => acknowledged && incident);
  return open.find(({ acknowledged }) => acknowledged)?.acknowledged;
}

/** The open incidents in the same message as an incident, itself first. */
async function openWith(incidentId: string, context: Context): Promise<[Incident, ...Incident[]]> {
  const named = await context.incidents.byId(incidentId);
  if (!named)
    throw new InputError(`there is no incident "${incidentId}". See the id at the bottom of its alert`);
  const [first, ...more] = (await notifiedTogether(named, context)).filter(
    ({ resolvedAt }) => resolvedAt === undefined,
  );
  if (!first)
    throw new InputError(
      `the incident ${incidentId} is already resolved, so there is nothing to acknowledge`,
    );
  return [first, ...more];
}

/**
 * Updates the open incidents and queues the edit of their message. After a crash in between, the tick queues it within
 * a minute.
 */
async function changeShown(
  open: readonly [Incident, ...Incident[]],
  { incidents, watches, outbox }: Context,
  to: (incident: Incident) => Incident | undefined,
): Promise<void> {
  const [first] = open;
  const watch = await watches.byId(first.watchId);
  const groupKey = watch && groupKeyOf(watch, first);
  if (groupKey) await outbox.add(first.id, groupKey, { isAhead: true });
  try {
    for (const { id } of open)
      await amend(incidents, id, (now) => (now.resolvedAt === undefined ? to(now) : undefined));
  } finally {
    if (groupKey) await outbox.add(first.id, groupKey);
  }
}
