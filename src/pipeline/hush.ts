import type { Hush } from "../core/hush.ts";
import type { Incident } from "../core/incident.ts";
import { hushOfMutes, isCovered, isInForce, type Mute } from "../core/mute.ts";
import { quietUntil } from "../core/quiet-hours.ts";
import { seriesId } from "../core/series.ts";
import type { Watch } from "../core/watch.ts";
import type { Clock } from "./ports/clock.ts";
import type { IncidentStore } from "./ports/incidents.ts";
import type { Profiles } from "./ports/profiles.ts";
import type { MuteStore } from "./ports/watches.ts";

/** What it takes to know which mutes hold. */
export interface MutesDeps {
  readonly mutes: Pick<MuteStore, "all">;
  readonly incidents: Pick<IncidentStore, "byId">;
  readonly clock: Clock;
}

export interface HushDeps extends MutesDeps {
  readonly profiles: Profiles;
}

/** Why people are not to be disturbed with an incident of this watch now; undefined when they may be. */
export async function hushOf(incident: Incident, watch: Watch, deps: HushDeps): Promise<Hush | undefined> {
  const mutes = (await mutesInForce(deps)).filter(({ scope }) => isCovered(watch, scope));
  return hushOfMutes(mutes) ?? (await hushOfQuietHours(incident, watch, deps));
}

async function hushOfQuietHours(
  { severity }: Incident,
  { quiet, series }: Watch,
  { clock, profiles }: HushDeps,
): Promise<Hush | undefined> {
  if (!quiet || (severity === "critical" && !quiet.critical)) return undefined;
  const until = quietUntil(quiet, clock(), (await profiles())(seriesId(series)).zone);
  return until === undefined ? undefined : { because: "quiet-hours", until };
}

/** Whether a mute of the watch, its app or its channel holds now. */
export const isMuted = async (watch: Watch, deps: MutesDeps): Promise<boolean> =>
  (await mutesInForce(deps)).some(({ scope }) => isCovered(watch, scope));

/** Every mute that holds now. */
export async function mutesInForce({ mutes, incidents, clock }: MutesDeps): Promise<Mute[]> {
  const all = await mutes.all();
  const awaited = all.filter(({ until }) => until === "recovery").flatMap((mute) => mute.incidents);
  const found = await Promise.all([...new Set(awaited)].map((id) => incidents.byId(id)));
  const running = new Set(found.filter((one) => one && one.resolvedAt === undefined).map((one) => one?.id));
  return all.filter((mute) => isInForce(mute, clock(), (id) => running.has(id)));
}
