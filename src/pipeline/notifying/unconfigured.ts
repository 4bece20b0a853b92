import { groupKeyOf } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { rewatch, unwatch } from "../../incidents/unwatched.ts";
import { seriesRef } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";

/** Closes open incidents whose workspace is not configured any more, so that their messages say so. Safe to repeat. */
export async function closeUnconfigured(context: Context): Promise<void> {
  const { watches, incidents, clock } = context;
  const gone = (await watches.seriesIds()).filter((id) => !isConfigured(seriesRef(id).workspace, context));
  for (const watch of (await Promise.all(gone.map((id) => watches.forSeries(id)))).flat()) {
    const open = (await incidents.live(watch.id)).filter(({ resolvedAt }) => resolvedAt === undefined);
    for (const incident of open)
      await follow(incident, watch, context, (now) =>
        now.resolvedAt === undefined ? unwatch(now, { at: clock(), isUnconfigured: true, watch }) : now,
      );
  }
}

/** Reopens the incidents that were closed so, once their workspace is configured again. Safe to repeat. */
export async function reopenConfigured(context: Context): Promise<void> {
  const back = (await context.watches.all()).filter(({ series }) => isConfigured(series.workspace, context));
  const live = await Promise.all(back.map(({ id }) => context.incidents.live(id)));
  for (const [i, watch] of back.entries()) {
    const closed = live[i]!.filter(({ unwatched }) => unwatched?.isUnconfigured);
    for (const incident of closed)
      await follow(incident, watch, context, (now) => (now.unwatched?.isUnconfigured ? rewatch(now) : now));
  }
}

/** Changes an incident and has its message follow, also after a crash in between. */
async function follow(
  incident: Incident,
  watch: Watch,
  { incidents, outbox }: Context,
  to: (now: Incident) => Incident,
): Promise<void> {
  const groupKey = groupKeyOf(watch, incident);
  await outbox.add(incident.id, groupKey, { isAhead: true });
  await amend(incidents, incident.id, to);
  await outbox.add(incident.id, groupKey);
}

const isConfigured = (workspace: string, { workspaces }: Context): boolean =>
  workspaces.some(({ name }) => name === workspace);
