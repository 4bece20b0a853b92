import { InputError } from "../../errors.ts";
import { withParts } from "../../series/ratio.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Context } from "../context.ts";
import type { IncidentStore } from "../ports/incidents.ts";

/** Deletes a series, and the parts of a ratio, if no watch uses them. Safe to repeat. */
export async function forgetUnwatched(
  ref: SeriesRef,
  { watches, series, progress, ingestionDelays }: Context,
): Promise<void> {
  const used = new Set(withParts(await watches.seriesIds()));
  for (const id of withParts([seriesId(ref)]).filter((one) => !used.has(one))) {
    await progress.remove(id);
    await ingestionDelays.remove(id);
    await series.remove(id);
  }
}

/** Throws InputError when a watch would change its series while an incident is open. */
export async function refuseWhileOpen(
  before: Watch | undefined,
  { id, series }: Watch,
  { incidents }: { readonly incidents: Pick<IncidentStore, "live"> },
): Promise<void> {
  if (!before || seriesId(before.series) === seriesId(series)) return;
  const open = (await incidents.live(id)).find(({ resolvedAt }) => resolvedAt === undefined);
  if (open)
    throw new InputError(
      `the watch ${id} has an open incident (${open.id}). Change its series after the incident resolves, or add another watch`,
      { field: series.item !== undefined ? "item" : series.segment ? "segment" : "app" },
    );
}
