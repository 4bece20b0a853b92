import type { SeriesProfile } from "../../detector/detector.ts";
import { metricOf } from "../../metrics/metrics.ts";
import type { App } from "../../series/app.ts";
import { eventsFor, type PlannedEvent } from "../../series/planned-events.ts";
import type { Send } from "../../series/sends.ts";
import { seriesRef } from "../../series/series.ts";
import { dayZoneOf, type Workspace } from "../../series/workspace.ts";
import { type Instant, SECOND } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { Clock } from "../ports/clock.ts";
import type { Profiles } from "../ports/profiles.ts";
import { sharedRead } from "./shared-read.ts";

type ProfileOf = Awaited<ReturnType<Profiles>>;

/** The zone, holidays, planned events and sends of each series: as set for its app, else for its workspace. */
export function profilesOf({
  workspaces,
  apps,
  events,
  companyZones,
  sends,
  clock = Date.now,
}: Pick<Context, "workspaces" | "apps" | "events" | "companyZones" | "sends"> &
  Partial<Pick<Context, "clock">>): Profiles {
  const sendsOf = recentSends(sends, clock);
  const sending = workspaces.filter((workspace) => workspace.sends);
  let known: { readonly settings: readonly unknown[]; readonly profileOf: ProfileOf } | undefined;
  return sharedRead(async () => {
    const [allApps, allEvents, zones, ...sent] = await Promise.all([
      apps.all(),
      events.all(),
      companyZones.all(),
      ...sending.map(({ name }) => sendsOf(name)),
    ]);
    const settings = [...allApps, ...allEvents, ...[...zones].flat(), ...sent];
    // The stores return the same objects until something changes.
    const isKnown =
      known?.settings.length === settings.length && known.settings.every((one, i) => one === settings[i]);
    if (!isKnown || !known)
      known = {
        settings,
        profileOf: remembered(
          profileIn(
            workspaces.map(zoned(zones)),
            allApps,
            allEvents,
            new Map(sending.map(({ name }, i) => [name, sent[i]!])),
          ),
        ),
      };
    return known.profileOf;
  });
}

/**
 * All that was sent in a workspace and is about to be, at most ten seconds old: a tick takes a minute. The same list until
 * something changes.
 */
function recentSends(sends: Context["sends"], clock: Clock): (workspace: string) => Promise<readonly Send[]> {
  const known = new Map<string, { readonly at: Instant; readonly list: readonly Send[] }>();
  return async (workspace) => {
    const before = known.get(workspace);
    const now = clock();
    if (before && Math.abs(now - before.at) < 10 * SECOND) return before.list;
    const list = await sends.between(workspace, 0, Number.MAX_SAFE_INTEGER);
    const isSame =
      before?.list.length === list.length && list.every((send, i) => isEqual(send, before.list[i]!));
    const kept = { at: now, list: isSame ? before.list : list };
    known.set(workspace, kept);
    return kept.list;
  };
}

const isEqual = (a: Send, b: Send): boolean => a.id === b.id && a.time === b.time && a.name === b.name;

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
  sends: ReadonlyMap<string, readonly Send[]>,
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
    const sent = sends.get(series.workspace) ?? [];
    return {
      unit: series.unit,
      ...(kind !== "count" && { kind }),
      // Hours have a season by the clock of the app's users, whatever the company's.
      zone: series.unit === "day" ? dayZoneOf(series, space) : (app?.zone ?? space.zone),
      ...(country && { country }),
      ...(planned.length > 0 && { events: planned }),
      ...(sent.length > 0 && { sends: sent }),
    };
  };
}
