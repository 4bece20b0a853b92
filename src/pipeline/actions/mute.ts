import { InputError } from "../../errors.ts";
import { isCovered, type Mute, type MuteScope, scopeName } from "../../notifications/mute.ts";
import type { Changed } from "../../settings/change.ts";
import type { Instant } from "../../time/time.ts";
import { commit, type Made } from "../changes/change.ts";
import type { Context } from "../context.ts";
import { mutesInForce } from "../notifying/suppression.ts";

/** A mute that was added, removed or replaced. */
export type MuteChanged = Extract<Changed, { kind: "mute" }>;

/** A request to mute something. */
export interface MuteRequest {
  readonly scope: MuteScope;
  readonly until: Instant | "recovery";
  readonly by: string;
}

/**
 * Mutes a scope, replacing its present mute. Throws InputError when the scope is empty or the mute would end at once.
 */
export async function mute(
  { scope, until, by }: MuteRequest,
  context: Context,
): Promise<Made<MuteChanged & { readonly after: Mute }>> {
  const { clock } = context;
  const plan = async () => {
    const at = clock();
    if (until !== "recovery" && until <= at)
      throw new InputError("this time is in the past. Use a later time, for example 4h or tomorrow");
    const incidents = await runningIn(scope, until, context);
    const before = await muteOf(scope, context);
    const after: Mute = { scope, by, at, until, incidents };
    return { kind: "mute", scope, ...(before && { before }), after } as const;
  };
  await forgetOver(context);
  return commit(plan, by, context);
}

/** Removes a mute and schedules a re-check of what it suppressed. Throws InputError when it does not exist. */
export const unmute = (scope: MuteScope, by: string, context: Context): Promise<Made<MuteChanged>> =>
  commit(
    async () => {
      const before = await muteOf(scope, context);
      if (!before) throw new InputError(`"${scopeName(scope)}" is not muted`);
      return { kind: "mute", scope, before };
    },
    by,
    context,
  );

/**
 * The open incidents in the scope of a mute. Throws InputError when nothing is watched in it, or nothing is left to
 * wait for.
 */
async function runningIn(
  scope: MuteScope,
  until: MuteRequest["until"],
  { watches, incidents }: Context,
): Promise<string[]> {
  const covered = (await watches.all()).filter((watch) => isCovered(watch, scope));
  if (covered.length === 0)
    throw new InputError(`no watch matches "${scopeName(scope)}", so there is nothing to mute`);
  const live = (await Promise.all(covered.map(({ id }) => incidents.live(id)))).flat();
  const running = live.filter(({ resolvedAt }) => resolvedAt === undefined).map(({ id }) => id);
  if (until === "recovery" && running.length === 0)
    throw new InputError(
      `"${scopeName(scope)}" has no open incident to wait for. Add an end, for example 4h`,
    );
  return running;
}

const muteOf = async (scope: MuteScope, { mutes }: Pick<Context, "mutes">): Promise<Mute | undefined> =>
  (await mutes.all()).find((mute) => scopeName(mute.scope) === scopeName(scope));

async function forgetOver(context: Context): Promise<void> {
  const holding = new Set((await mutesInForce(context)).map(({ scope }) => scopeName(scope)));
  const over = (await context.mutes.all()).filter(({ scope }) => !holding.has(scopeName(scope)));
  for (const mute of over) await context.mutes.forget(mute);
}
