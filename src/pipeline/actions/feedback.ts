import { groupKeyOf } from "../../incidents/alert-group.ts";
import { exclusionOf, withLabel } from "../../incidents/apply-label.ts";
import type { Incident } from "../../incidents/incident.ts";
import {
  decidedAdjustment,
  thresholdAdjustmentOf,
  withThresholdAdjustment,
} from "../../incidents/threshold-adjustment.ts";
import type { ReplayInput } from "../../reports/replay.ts";
import { seriesId } from "../../series/series.ts";
import { type Change, type Changed, isSame, subjectOf, TIDEWATCH } from "../../settings/change.ts";
import { KEPT } from "../../settings/limits.ts";
import { ownSince, type Watch } from "../../settings/watch.ts";
import { amend } from "../amend.ts";
import { record } from "../changes/record-change.ts";
import { unlessDamaged } from "../collecting/unless-damaged.ts";
import type { Context } from "../context.ts";
import { notifiedTogether } from "../notifying/alert-group.ts";
import type { StoredSeries } from "../ports/series.ts";

/** A stored series with the feedback on its buckets: all that a replay needs. */
export async function replayInputOf(
  id: string,
  { series, exclusions }: Pick<Context, "series" | "exclusions">,
): Promise<(StoredSeries & Required<Pick<ReplayInput, "exclusions">>) | undefined> {
  const [stored, excluded] = await Promise.all([unlessDamaged(() => series.read(id)), exclusions.of(id)]);
  return stored && { ...stored, exclusions: excluded };
}

/**
 * Labels an incident, and all others in the same message, as the newest of these changes says, and applies what follows
 * (docs/concepts.md). Safe to repeat, and to run late.
 */
export async function carryLabel(change: Change, incidentId: string, context: Context): Promise<void> {
  const { incidents, watches, outbox, changes } = context;
  const named = await incidents.byId(incidentId);
  if (!named) return;
  const { batch, changed } =
    (await changes.since(change.at)).find((one) => subjectOf(one.changed) === subjectOf(change.changed)) ??
    change;
  const labelling = changed.kind === "label" ? changed.after : undefined;
  for (const { id } of await notifiedTogether(named, context)) {
    const labelled = await amend(incidents, id, (incident) =>
      isSame(incident.labelled, labelling) ? incident : withLabel(incident, labelling),
    );
    const watch = labelled && (await watches.byId(labelled.watchId));
    if (!watch) continue;
    // The hours and thresholds of an import win over what its labels would lead to.
    if (!batch) {
      await updateExclusion(id, watch, context);
      await updateThresholdAdjustment(watch.id, context);
    }
    await outbox.add(id, groupKeyOf(watch, labelled));
  }
}

/** Brings the excluded hours of an incident in line with its label. Safe to repeat. */
export async function updateExclusion(
  incidentId: string,
  { series }: Pick<Watch, "series">,
  { incidents, exclusions }: Pick<Context, "incidents" | "exclusions">,
): Promise<void> {
  const id = seriesId(series);
  for (;;) {
    const incident: Incident | undefined = await incidents.byId(incidentId);
    const wanted = incident && exclusionOf(incident, id);
    if (wanted) await exclusions.save(wanted);
    else await exclusions.remove(id, incidentId);
    // Somebody may have relabelled it in the meantime.
    if ((await incidents.byId(incidentId))?.version === incident?.version) return;
  }
}

/**
 * Brings the threshold of a watch in line with the labels of its incidents, as a change made by Tidewatch. A person's
 * decision, such as an Undo, wins: only newer labels move the threshold. Safe to repeat.
 */
export async function updateThresholdAdjustment(watchId: string, context: Context): Promise<void> {
  const change = async (): Promise<Changed[]> => {
    const before = await context.watches.byId(watchId);
    if (!before) return [];
    const thresholdAdjustment = await thresholdAdjustmentFor(before, context);
    return thresholdAdjustment === (before.thresholdAdjustment ?? 1)
      ? []
      : [{ kind: "watch", watchId, before, after: withThresholdAdjustment(before, thresholdAdjustment) }];
  };
  await record(change, TIDEWATCH, context);
}

/** The threshold adjustment of a watch. Labels count as long as changes are kept, so that an Undo stays in effect. */
async function thresholdAdjustmentFor(watch: Watch, { incidents, changes, clock }: Context): Promise<number> {
  const since = Math.max(ownSince(watch), clock() - KEPT);
  const labelled = (await incidents.since(watch.id, since)).flatMap((incident) => incident.labelled ?? []);
  if (
    watch.thresholdAdjustment === undefined &&
    thresholdAdjustmentOf(labelled.map(({ label }) => label)) === 1
  )
    return 1;
  const decided = decidedAdjustment(await changes.since(since), watch.id);
  const counted = decided ? labelled.filter(({ at }) => at > decided.at) : labelled;
  return thresholdAdjustmentOf(
    counted.map(({ label }) => label),
    decided?.thresholdAdjustment,
  );
}
