import type { Incident } from "../../incidents/incident.ts";
import { isCovered, isInForce, type Mute, suppressionByMutes } from "../../notifications/mute.ts";
import { quietUntil } from "../../notifications/quiet-hours.ts";
import type { Suppression } from "../../notifications/suppression.ts";
import { seriesId } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { ProfileOf } from "../ports/profiles.ts";

/** Why people must not be notified of an incident now; undefined if they may be. */
export type SuppressionOf = (incident: Pick<Incident, "severity">, watch: Watch) => Suppression | undefined;

/** Reads the suppressions in force; one read serves all incidents of a job. */
export async function suppressions(context: Context): Promise<SuppressionOf> {
  const [mutes, profileOf] = await Promise.all([mutesInForce(context), context.profiles()]);
  const now = context.clock();
  return (incident, watch) =>
    suppressionByMutes(mutes.filter(({ scope }) => isCovered(watch, scope))) ??
    suppressionByQuietHours(incident, watch, now, profileOf);
}

function suppressionByQuietHours(
  { severity }: Pick<Incident, "severity">,
  { quiet, series }: Watch,
  now: Instant,
  profileOf: ProfileOf,
): Suppression | undefined {
  if (!quiet || (severity === "critical" && !quiet.critical)) return undefined;
  const until = quietUntil(quiet, now, profileOf(seriesId(series)).zone);
  return until === undefined ? undefined : { because: "quiet-hours", until };
}

/** Every mute in force. */
export async function mutesInForce({ mutes, incidents, clock }: Context): Promise<Mute[]> {
  const all = await mutes.all();
  const awaited = all.filter(({ until }) => until === "recovery").flatMap((mute) => mute.incidents);
  const found = await Promise.all([...new Set(awaited)].map((id) => incidents.byId(id)));
  const running = new Set(found.filter((one) => one && one.resolvedAt === undefined).map((one) => one?.id));
  return all.filter((mute) => isInForce(mute, clock(), (id) => running.has(id)));
}
