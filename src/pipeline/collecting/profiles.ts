import { eventsFor } from "../../series/planned-events.ts";
import { seriesRef } from "../../series/series.ts";
import type { Workspace } from "../../series/workspace.ts";
import type { AppStore } from "../ports/console.ts";
import type { EventStore } from "../ports/feedback.ts";
import type { Profiles } from "../ports/profiles.ts";

export interface ProfilesDeps {
  /** At least one; a series of an unknown workspace gets the zone of the first. */
  readonly workspaces: readonly Workspace[];
  readonly apps: Pick<AppStore, "all">;
  readonly events: Pick<EventStore, "all">;
}

/** The zone, holidays and planned events of each series: as set for its app, else for its workspace. */
export function profilesOf({ workspaces, apps, events }: ProfilesDeps): Profiles {
  const byName = new Map(workspaces.map((workspace) => [workspace.name, workspace]));
  const elsewhere = { zone: workspaces[0]?.zone ?? "UTC" };
  return async () => {
    const [allApps, allEvents] = await Promise.all([apps.all(), events.all()]);
    const named = new Map(allApps.map((app) => [`${app.workspace}.${app.app}`, app]));
    return (seriesId) => {
      const series = seriesRef(seriesId);
      const space: Partial<Workspace> & { readonly zone: string } = byName.get(series.workspace) ?? elsewhere;
      const app = named.get(`${series.workspace}.${series.app}`);
      const country = app?.country ?? space.country;
      const planned = eventsFor(series, [...(space.events ?? []), ...allEvents]);
      return {
        unit: series.unit,
        zone: app?.zone ?? space.zone,
        ...(country && { country }),
        ...(planned.length > 0 && { events: planned }),
      };
    };
  };
}
