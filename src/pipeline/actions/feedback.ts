import { exclusionOf } from "../../incidents/apply-label.ts";
import type { Incident } from "../../incidents/incident.ts";
import { lenienceDecided, lenienceOf, withLenience } from "../../incidents/threshold-adjustment.ts";
import type { Learnable } from "../../reports/replay.ts";
import { seriesId } from "../../series/series.ts";
import { type Changed, TIDEWATCH } from "../../settings/change.ts";
import { KEPT } from "../../settings/limits.ts";
import { ownSince, type Watch } from "../../settings/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { ChangeStore } from "../ports/console.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { SeriesStore, StoredSeries } from "../ports/series.ts";
import type { ExclusionStore } from "../ports/teaching.ts";
import type { WatchStore } from "../ports/watches.ts";

export interface LearnDeps {
  readonly series: Pick<SeriesStore, "read">;
  readonly exclusions: Pick<ExclusionStore, "of">;
}

/** A stored series with what people said about its buckets: all that a replay learns from. */
export async function learnableOf(
  id: string,
  { series, exclusions }: LearnDeps,
): Promise<(StoredSeries & Required<Pick<Learnable, "exclusions">>) | undefined> {
  const [stored, excluded] = await Promise.all([series.read(id), exclusions.of(id)]);
  return stored && { ...stored, exclusions: excluded };
}

export interface LessonDeps {
  readonly incidents: Pick<IncidentStore, "byId" | "save" | "since">;
  readonly watches: Pick<WatchStore, "byId" | "amend">;
  readonly exclusions: Pick<ExclusionStore, "of" | "save" | "remove">;
  readonly changes: Pick<ChangeStore, "since">;
  readonly clock: Clock;
  /** Told of what Tidewatch changes by itself, so that it can be announced and undone. */
  readonly onChange?: (changed: Changed, by: string) => Promise<unknown>;
}

/** Brings the buckets that an incident takes out of what is learned in line with its label. Safe to repeat. */
export async function settleExclusion(
  incidentId: string,
  { series }: Pick<Watch, "series">,
  { incidents, exclusions }: Pick<LessonDeps, "exclusions"> & { incidents: Pick<IncidentStore, "byId"> },
): Promise<void> {
  const id = seriesId(series);
  for (;;) {
    const incident: Incident | undefined = await incidents.byId(incidentId);
    const wanted = incident && exclusionOf(incident, id);
    if (wanted) await exclusions.save(wanted);
    else await exclusions.remove(id, incidentId);
    // Somebody may have labelled it otherwise in the meantime.
    if ((await incidents.byId(incidentId))?.version === incident?.version) return;
  }
}

/** How far back labels count for the threshold of a watch: as long as changes are kept, so that an Undo holds against them. */

/**
 * Brings the threshold of a watch in line with the labels of its incidents; tells when it moved. What a person decided, such
 * as by Undo, holds: only labels since then move it. Safe to repeat.
 */
export async function settleLenience(
  watchId: string,
  { incidents, watches, changes, clock, onChange }: LessonDeps,
): Promise<void> {
  const watch = await watches.byId(watchId);
  if (!watch) return;
  const since = Math.max(ownSince(watch), clock() - KEPT);
  const labelled = (await incidents.since(watchId, since)).flatMap((incident) => incident.labelled ?? []);
  if (watch.lenience === undefined && lenienceOf(labelled.map(({ label }) => label)) === 1) return;
  const decided = lenienceDecided(await changes.since(since), watchId);
  const counted = decided ? labelled.filter(({ at }) => at > decided.at) : labelled;
  const lenience = lenienceOf(
    counted.map(({ label }) => label),
    decided?.lenience,
  );
  const changed = await watches.amend(watchId, (now) => {
    // One that was moved to another series in the meantime is not the one that was counted for.
    const isOther = now.createdAt !== watch.createdAt;
    return isOther || lenience === (now.lenience ?? 1) ? now : withLenience(now, lenience);
  });
  if (changed) await onChange?.({ kind: "watch", watchId, ...changed }, TIDEWATCH);
}
