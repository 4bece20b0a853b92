import type { Hush } from "../core/hush.ts";
import type { Incident } from "../core/incident.ts";
import { hushOfMutes, isCovered, isInForce, type Mute } from "../core/mute.ts";
import type { Watch } from "../core/watch.ts";
import type { Clock, IncidentStore, MuteStore } from "./ports.ts";

export interface HushDeps {
  readonly mutes: Pick<MuteStore, "all">;
  readonly incidents: Pick<IncidentStore, "byId">;
  readonly clock: Clock;
}

/** Why people are not to be disturbed with an incident of this watch now; undefined when they may be. */
export const hushOf = async (_incident: Incident, watch: Watch, deps: HushDeps): Promise<Hush | undefined> =>
  hushOfMutes((await mutesInForce(deps)).filter(({ scope }) => isCovered(watch, scope)));

/** Whether a mute of the watch, its app or its channel holds now. */
export const isMuted = async (watch: Watch, deps: HushDeps): Promise<boolean> =>
  (await mutesInForce(deps)).some(({ scope }) => isCovered(watch, scope));

/** Every mute that holds now. */
export async function mutesInForce({ mutes, incidents, clock }: HushDeps): Promise<Mute[]> {
  const all = await mutes.all();
  const awaited = all.filter(({ until }) => until === "recovery").flatMap((mute) => mute.incidents);
  const found = await Promise.all([...new Set(awaited)].map((id) => incidents.byId(id)));
  const running = new Set(found.filter((one) => one && one.resolvedAt === undefined).map((one) => one?.id));
  return all.filter((mute) => isInForce(mute, clock(), (id) => running.has(id)));
}
