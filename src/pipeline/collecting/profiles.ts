import type { SeriesProfile } from "../../detector/detector.ts";
import { metricOf } from "../../metrics/metrics.ts";
import type { App } from "../../series/app.ts";
import { eventsFor, type PlannedEvent } from "../../series/planned-events.ts";
import { seriesRef } from "../../series/series.ts";
import { dayZoneOf, type Workspace } from "../../series/workspace.ts";
import type { Context } from "../context.ts";
import type { Profiles } from "../ports/profiles.ts";
import { sharedRead } from "./shared-read.ts";

type ProfileOf = Awaited<ReturnType<Profiles>>;

/** The zone, holidays and planned events of each series: as set for its app, else for its workspace. */
export function profilesOf({
  workspaces,
  apps,
  events,
  companyZones,
}: Pick<Context, "workspaces" | "apps" | "events" | "companyZones">): Profiles {
  let known: { readonly settings: readonly unknown[]; readonly profileOf: ProfileOf } | undefined;
  return sharedRead(async () => {
    const [allApps, allEvents, zones] = await Promise.all([apps.all(), events.all(), companyZones.all()]);
    const settings = [...allApps, ...allEvents, ...[...zones].flat()];
    // The stores return the same objects until something changes.
    const isKnown =
      known?.settings.length === settings.length && known.settings.every((one, i) => one === settings[i]);
    if (!isKnown || !known)
      known = {
        settings,
        profileOf: remembered(profileIn(workspaces.map(zoned(zones)), allApps, allEvents)),
      };
    return known.profileOf;
  });
}

/** A workspace with the company's zone as Braze names it, else as it is set. */
const zoned =
  (zones: ReadonlyMap<string, string>) =>
  (space: Workspace): Workspace => {
    const companyZone = zones.get(space.name) ?? space.companyZone;
    return { ...space, ...(companyZone && { companyZone }) };
  };

function remembered(profileOf: ProfileOf): ProfileOf {
  const profiles = new Map<string, SeriesProfile>();
  return (seriesId) => {
    const profile = profiles.get(seriesId) ?? profileOf(seriesId);
    profiles.set(seriesId, profile);
    return profile;
  };
}

function profileIn(
  workspaces: readonly Workspace[],
  apps: readonly App[],
  events: readonly PlannedEvent[],
): ProfileOf {
  const byName = new Map(workspaces.map((workspace) => [workspace.name, workspace]));
  const elsewhere = { zone: workspaces[0]?.zone ?? "UTC" };
  const named = new Map(apps.map((app) => [`${app.workspace}.${app.app}`, app]));
  return (seriesId) => {
    const series = seriesRef(seriesId);
    const space: Partial<Workspace> & { readonly zone: string } = byName.get(series.workspace) ?? elsewhere;
    const { kind } = metricOf(series);
    const app = named.get(`${series.workspace}.${series.app}`);
    const country = app?.country ?? space.country;
    const planned = eventsFor(series, [...(space.events ?? []), ...events]);
    return {
      unit: series.unit,
      ...(kind !== "count" && { kind }),
      // Hours have a season by the clock of the app's users, whatever the company's.
      zone: series.unit === "day" ? dayZoneOf(series, space) : (app?.zone ?? space.zone),
      ...(country && { country }),
      ...(planned.length > 0 && { events: planned }),
    };
  };
}
