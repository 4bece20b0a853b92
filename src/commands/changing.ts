import { permissionsOf } from "../pipeline/changes/authorize.ts";
import { undo as undoChange } from "../pipeline/changes/change.ts";
import { setPermissions } from "../pipeline/changes/set-permissions.ts";
import { seriesId } from "../series/series.ts";
import { isChangeOf } from "../settings/affected-channels.ts";
import { KEPT, KEPT_DAYS } from "../settings/limits.ts";
import { changedAnswer, changesAnswer } from "../text/answers/changes.ts";
import { permissionsAnswer } from "../text/answers/feedback.ts";
import { answerTo } from "./answering.ts";
import { command } from "./command.ts";
import { permissionRule } from "./grammar/permission.ts";
import { named, perhaps } from "./grammar/syntax.ts";
import { watchNamed } from "./named.ts";

export const changes = command({
  group: "admin",
  aliases: ["changelog"],
  meanings: ["history", "who"],
  about: `Who changed what in the last ${KEPT_DAYS} days`,
  usage: ["changes [WATCH]"],
  examples: ["changes", "changes ios"],
  permission: "look",
  syntax: perhaps("watch"),
  async run({ watch: name }, { bot }) {
    const [all, watches] = await Promise.all([bot.changes.since(bot.clock() - KEPT), bot.watches.all()]);
    if (name === undefined) return changesAnswer(all, watches);
    // A removed watch is identified by its id.
    const known = all.some(({ changed }) => changed.kind === "watch" && changed.watchId === name);
    const watch = known ? await bot.watches.byId(name) : await watchNamed(name, bot);
    return changesAnswer(
      all.filter(({ changed }) => isChangeOf(changed, watch?.id ?? name, watch && seriesId(watch.series))),
      watches,
    );
  },
});

export const undo = command({
  group: "admin",
  aliases: ["revert"],
  meanings: ["back", "rollback", "oops"],
  about: "Undo a change",
  usage: ["undo CHANGE"],
  examples: ["undo watch-1"],
  permission: "change",
  syntax: named("change", "which change? See its id in `/tidewatch changes`"),
  run: async ({ change }, { actor, bot }) =>
    changedAnswer(await undoChange(change, actor.user, bot), await bot.watches.all()),
});

/** The author of a rule must be permitted now and by the new rule, so that nobody locks everybody out. */
export const whoCan = command({
  group: "admin",
  aliases: ["permissions"],
  meanings: ["access", "admin", "roles", "who", "allow"],
  about: "Who may change watches",
  usage: ["who-can [everyone|members|admins|@GROUP]"],
  examples: ["who-can", "who-can members"],
  permission: "change",
  syntax: permissionRule,
  async run({ permissions }, request) {
    const { actor, bot } = request;
    if (!permissions) return permissionsAnswer(await permissionsOf(bot));
    return answerTo(await setPermissions(permissions, actor.user, bot), request);
  },
});
