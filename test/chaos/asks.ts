import type { Bot } from "../../src/bot.ts";
import { exclude } from "../../src/pipeline/actions/exclude.ts";
import { mute } from "../../src/pipeline/actions/mute.ts";
import { planEvent } from "../../src/pipeline/actions/plan-event.ts";
import { editWatch, removeWatch } from "../../src/pipeline/actions/watch.ts";
import { requestOf } from "../../src/pipeline/actions/watch-request.ts";
import { importAll } from "../../src/pipeline/changes/backup.ts";
import { undo } from "../../src/pipeline/changes/change.ts";
import { setPermissions } from "../../src/pipeline/changes/set-permissions.ts";
import type { Change } from "../../src/settings/change.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

/** The watch that may be removed and taken back; nothing happens to its series. */
export const SPARE = "spare";

/** The channel of that watch. */
export const SPARE_CHANNEL = "C0SPARE01";

/** The requests of people during faults. None of them changes the messages about the outage. */
export const asks = {
  mute: (bot, by) => mute({ scope: { kind: "watch", watch: "web" }, until: noon + 2 * DAY, by }, bot),
  edit: (bot, by) =>
    editWatch(
      "web",
      (before) => ({
        ...requestOf(before),
        sensitivity: before.sensitivity === "low" ? "normal" : "low",
      }),
      by,
      bot,
    ),
  "remove or take back": async (bot, by) => {
    const isRemoval = ({ changed, undone }: Change) =>
      changed.kind === "watch" && changed.watchId === SPARE && !changed.after && !undone;
    const removal = (await bot.changes.since(0)).find(isRemoval);
    return removal && !(await bot.watches.byId(SPARE))
      ? undo(removal.id, by, bot)
      : removeWatch(SPARE, by, bot);
  },
  exclude: (bot, by) => exclude({ watchId: "web", from: noon - 300 * HOUR, to: noon - 290 * HOUR, by }, bot),
  plan: (bot, by) =>
    planEvent(
      { name: `sale of ${by}`, from: noon + 40 * DAY, to: noon + 41 * DAY, scope: { app: "web" }, by },
      bot,
    ),
  "who may change": async (bot, by) =>
    setPermissions({ who: (await bot.permissions.get())?.who === "admins" ? "everyone" : "admins" }, by, bot),
  import: async (bot, by) => {
    const scope = { app: "android" };
    const events = Array.from({ length: 3 }, (_, i) => ({
      ...{ id: `import-${by}-${i}`, name: `import ${by} ${i}`, scope, by, at: bot.clock() },
      ...{ from: noon + (60 + i) * DAY, to: noon + (61 + i) * DAY },
    }));
    const backup = {
      ...({ version: 1, at: bot.clock(), watches: [], apps: [], events } as const),
      ...{ productChanges: [], exclusions: [], incidents: [], mutes: [], routes: [] },
    };
    return importAll({ backup, places: new Map(), problems: [] }, { mode: "add" }, by, bot);
  },
} satisfies Record<string, (bot: Bot, by: string) => Promise<unknown>>;

export type Ask = keyof typeof asks;

export const askNames = Object.keys(asks) as Ask[];
