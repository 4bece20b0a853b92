import type { Direction } from "../../detector/verdict.ts";
import type { Member } from "../../incidents/alert-group.ts";
import {
  type Alike,
  type Circumstances,
  daysOf,
  otherAppsOf,
  sistersOf,
  weeksBetween,
} from "../../notifications/context.ts";
import { seriesId } from "../../series/series.ts";
import type { Workspace } from "../../series/workspace.ts";
import type { Watch } from "../../settings/watch.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { TroubleStore } from "../ports/ops.ts";
import type { Profiles } from "../ports/profiles.ts";
import type { SeriesStore } from "../ports/series.ts";
import type { WatchStore } from "../ports/watches.ts";

export interface CircumstancesDeps {
  readonly watches: Pick<WatchStore, "all">;
  readonly incidents: Pick<IncidentStore, "live">;
  readonly series: Pick<SeriesStore, "read">;
  readonly troubles: Pick<TroubleStore, "all">;
  readonly profiles: Profiles;
  readonly workspaces: readonly Workspace[];
}

/** Reads what is known around an incident: how its sisters and the other apps are, what was planned, and the like. */
export async function circumstancesOf(
  { incident, watch }: Pick<Member, "incident" | "watch">,
  deps: CircumstancesDeps,
): Promise<Circumstances> {
  const id = seriesId(watch.series);
  const [all, stored, troubles, profileOf] = await Promise.all([
    deps.watches.all(),
    deps.series.read(id),
    deps.troubles.all(),
    deps.profiles(),
  ]);
  const [sisters, otherApps] = await Promise.all([
    alikeAmong(sistersOf(watch, all), incident.direction, deps),
    alikeAmong(otherAppsOf(watch, all), incident.direction, deps),
  ]);
  const { dashboard } = deps.workspaces.find(({ name }) => name === watch.series.workspace) ?? {};
  const trouble = troubles.get(watch.series.workspace);
  return {
    sisters,
    otherApps,
    ...daysOf({ incident }, profileOf(id)),
    ...(dashboard && { dashboard }),
    ...(trouble && { unreadableSince: trouble.since }),
    weeks: stored ? weeksBetween(stored.history.first, stored.collectedThrough, watch.series.unit) : 0,
  };
}

async function alikeAmong(
  watches: readonly Watch[],
  direction: Direction,
  { incidents }: Pick<CircumstancesDeps, "incidents">,
): Promise<Alike> {
  const live = await Promise.all(watches.map(({ id }) => incidents.live(id)));
  const alike = watches.filter((_, i) =>
    live[i]!.some((other) => other.direction === direction && other.resolvedAt === undefined),
  );
  return { watched: watches.length, alike };
}
