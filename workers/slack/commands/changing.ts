import { permissionsAnswer } from "../../../src/adapters/slack/commands/access.ts";
import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { changedAnswer, changesAnswer } from "../../../src/adapters/slack/commands/change.ts";
import { permissionsOf } from "../../../src/pipeline/actions/authorize.ts";
import { undo as undoChange } from "../../../src/pipeline/actions/change.ts";
import { setPermissions } from "../../../src/pipeline/actions/set-permissions.ts";
import { seriesId } from "../../../src/series/series.ts";
import { isChangeOf } from "../../../src/settings/affected-channels.ts";
import { type Change, reversed } from "../../../src/settings/change.ts";
import { KEPT } from "../../../src/settings/limits.ts";
import type { Permissions } from "../../../src/settings/permissions.ts";
import type { Actor, SlackContext } from "../context.ts";
import { watchNamed } from "./named.ts";
import { answerTo, authorizedFor } from "./order.ts";

/** `changes [WATCH]`: who changed what. */
export async function changes(name: string | undefined, { bot }: SlackContext): Promise<Answer> {
  const [all, watches] = await Promise.all([bot.changes.since(bot.clock() - KEPT), bot.watches.all()]);
  if (name === undefined) return changesAnswer(all, watches);
  // A removed watch is identified by its id.
  const known = all.some(({ changed }) => changed.kind === "watch" && changed.watchId === name);
  const watch = known ? await bot.watches.byId(name) : await watchNamed(name, bot);
  return changesAnswer(
    all.filter(({ changed }) => isChangeOf(changed, watch?.id ?? name, watch && seriesId(watch.series))),
    watches,
  );
}

/** `undo CHANGE`, and its button. */
export async function undo(id: string, actor: Actor, context: SlackContext): Promise<Answer> {
  return changedAnswer(await undone(id, actor, context), await context.bot.watches.all());
}

/**
 * Undoes a change; both are announced in their current state. Throws InputError when this is impossible or not
 * permitted.
 */
export async function undone(id: string, actor: Actor, context: SlackContext): Promise<Change> {
  const { bot } = context;
  const change = await bot.changes.byId(id);
  if (change) await authorizedFor(reversed(change.changed), actor, context);
  const back = await undoChange(id, actor.user, bot);
  return back;
}

/**
 * `who-can [RULE]`. The author of a rule must be permitted now and by the new rule, so that nobody locks everybody out.
 */
export async function whoCan(
  permissions: Permissions | undefined,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { bot } = context;
  if (!permissions) return permissionsAnswer(await permissionsOf(bot));
  await authorizedFor({ kind: "permissions", after: permissions }, actor, context);
  return answerTo(await setPermissions(permissions, actor.user, bot), context);
}
