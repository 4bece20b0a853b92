import { InputError } from "../../errors.ts";
import { roomOf } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { hasNews } from "../../notifications/decide.ts";
import { isCovered, type Mute, type MuteScope, scopeName } from "../../notifications/mute.ts";
import type { Changed } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Instant } from "../../time/time.ts";
import { amend } from "../amend.ts";
import { mutesInForce } from "../notifying/suppression.ts";
import type { Clock } from "../ports/clock.ts";
import type { IncidentStore, Outbox } from "../ports/incidents.ts";
import type { MuteStore, WatchStore } from "../ports/watches.ts";

export interface MutingDeps {
  readonly mutes: MuteStore;
  readonly watches: Pick<WatchStore, "all">;
  readonly incidents: Pick<IncidentStore, "byId" | "live" | "save">;
  readonly outbox: Pick<Outbox, "add">;
  readonly clock: Clock;
}

/** A mute that came, went or is another now. */
export type MuteChanged = Extract<Changed, { kind: "mute" }>;

/** What a person says when something is to be muted. */
export interface MuteRequest {
  readonly scope: MuteScope;
  readonly until: Instant | "recovery";
  readonly by: string;
}

/** Mutes; a mute of the same scope is replaced. Throws InputError when nothing would be muted, or not for a moment. */
export async function mute(
  { scope, until, by }: MuteRequest,
  deps: MutingDeps,
): Promise<MuteChanged & { readonly after: Mute }> {
  const { incidents, clock } = deps;
  const covered = await coveredBy(scope, deps);
  if (covered.length === 0) throw new InputError(`nothing is watched that "${scopeName(scope)}" would mute`);
  const at = clock();
  if (until !== "recovery" && until <= at)
    throw new InputError(
      "that is past, so nothing would be muted: name a time to come, such as 4h or tomorrow",
    );
  const live = (await Promise.all(covered.map(({ id }) => incidents.live(id)))).flat();
  const running = live.filter(({ resolvedAt }) => resolvedAt === undefined).map(({ id }) => id);
  if (until === "recovery" && running.length === 0)
    throw new InputError(
      `nothing is going on in "${scopeName(scope)}" whose end could be waited for: say until when`,
    );

  await forgetOver(deps);
  const after: Mute = { scope, by, at, until, incidents: running };
  return { ...(await setMute(scope, after, deps)), after };
}

/** Takes a mute back; what it kept from people is looked at again. Throws InputError when there is none. */
export async function unmute(scope: MuteScope, deps: MutingDeps): Promise<MuteChanged> {
  const changed = await setMute(scope, undefined, deps);
  if (!changed.before) throw new InputError(`"${scopeName(scope)}" is not muted`);
  return changed;
}

/** Puts a mute in the place of what mutes a scope, or nothing; what was kept from people is looked at again. Safe to repeat. */
export async function setMute(
  scope: MuteScope,
  after: Mute | undefined,
  deps: MutingDeps,
): Promise<MuteChanged> {
  const { mutes, incidents, outbox, clock } = deps;
  const before = (await mutes.all()).find((mute) => scopeName(mute.scope) === scopeName(scope));
  if (after) await mutes.save(after);
  else await mutes.remove(scope);
  for (const watch of before ? await coveredBy(scope, deps) : []) {
    const waiting = (await incidents.live(watch.id)).filter(hasNews);
    for (const incident of waiting) {
      if (!after) await amend(incidents, incident.id, (now) => endMute(now, clock()));
      await outbox.add(incident.id, roomOf(watch, incident));
    }
  }
  return { kind: "mute", scope, ...(before && { before }), ...(after && { after }) };
}

// Where it is under a wider mute, that is noted when it is looked at again.
const endMute = (incident: Incident, until: Instant): Incident =>
  incident.withheld?.because === "muted"
    ? { ...incident, withheld: { ...incident.withheld, until } }
    : incident;

const coveredBy = async (scope: MuteScope, { watches }: MutingDeps): Promise<Watch[]> =>
  (await watches.all()).filter((watch) => isCovered(watch, scope));

async function forgetOver(deps: MutingDeps): Promise<void> {
  const holding = new Set((await mutesInForce(deps)).map(({ scope }) => scopeName(scope)));
  const over = (await deps.mutes.all()).filter(({ scope }) => !holding.has(scopeName(scope)));
  for (const { scope } of over) await deps.mutes.remove(scope);
}
