import { metricOf } from "../../metrics/metrics.ts";
import { eventsFor } from "../../series/planned-events.ts";
import { seriesRef } from "../../series/series.ts";
import { dayZoneOf, type Workspace } from "../../series/workspace.ts";
import type { Context } from "../context.ts";
import type { Profiles } from "../ports/profiles.ts";

/** The zone, holidays and planned events of each series: as set for its app, else for its workspace. */
export function profilesOf({
  workspaces,
  apps,
  events,
}: Pick<Context, "workspaces" | "apps" | "events">): Profiles {
  const byName = new Map(workspaces.map((workspace) => [workspace.name, workspace]));
  const elsewhere = { zone: workspaces[0]?.zone ?? "UTC" };
  return async () => {
    const [allApps, allEvents] = await Promise.all([apps.all(), events.all()]);
    const named = new Map(allApps.map((app) => [`${app.workspace}.${app.app}`, app]));
    return (seriesId) => {
      const series = seriesRef(seriesId);
      const space: Partial<Workspace> & { readonly zone: string } = byName.get(series.workspace) ?? elsewhere;
      const { kind } = metricOf(series);
      const app = named.get(`${series.workspace}.${series.app}`);
      const country = app?.country ?? space.country;
      const planned = eventsFor(series, [...(space.events ?? []), ...allEvents]);
      return {
        unit: series.unit,
        ...(kind !== "count" && { kind }),
        // Hours have a season by the clock of the app's users, whatever the company's.
        zone: series.unit === "day" ? dayZoneOf(series, space) : (app?.zone ?? space.zone),
        ...(country && { country }),
        ...(planned.length > 0 && { events: planned }),
      };
    };
  };
}
