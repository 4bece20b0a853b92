import { scopeName } from "../../notifications/mute.ts";
import type { Change, Changed } from "../../settings/change.ts";
import { BY_DEFAULT } from "../../settings/permissions.ts";
import { carryLabel } from "../actions/feedback.ts";
import { forgetUnwatched, refuseWhileOpen } from "../actions/forget-unwatched.ts";
import { wakeMuted } from "../actions/wake-muted.ts";
import type { Context } from "../context.ts";
import { wakeWatch } from "../notifying/leaving.ts";

/** How one kind of setting is read, checked and changed. */
export interface SettingKind {
  /** Its present state; undefined if it does not exist. */
  present(): Promise<unknown>;
  /** Throws InputError for a state that is not allowed. */
  check?(): Promise<void>;
  /** Prepares for the new state. Safe to repeat, also if the change is never made. */
  prepare?(): Promise<void>;
  /** Applies the effects of a change elsewhere, by the state at that time: safe to repeat, and to run late. */
  carry?(change: Change): Promise<void>;
}

/** The table of all kinds of settings; change, undo and import all use it. */
export function kindOf(changed: Changed, context: Context): SettingKind {
  switch (changed.kind) {
    case "watch":
      return {
        present: () => context.watches.byId(changed.watchId),
        async check() {
          if (changed.after) await refuseWhileOpen(changed.before, changed.after, context);
        },
        async prepare() {
          // A series that was not watched must have no history, but a late job may have left some.
          if (changed.after) await forgetUnwatched(changed.after.series, context);
        },
        async carry() {
          if (changed.before) await forgetUnwatched(changed.before.series, context);
          // Another watch may get its name.
          const now = await context.watches.byId(changed.watchId);
          if (!changed.after && !now) await context.mutes.remove({ kind: "watch", watch: changed.watchId });
          await wakeWatch(changed.before, now, context);
        },
      };
    case "mute":
      return {
        present: async () =>
          (await context.mutes.all()).find(({ scope }) => scopeName(scope) === scopeName(changed.scope)),
        carry: ({ at }) => wakeMuted(changed, at, context),
      };
    case "label":
      return {
        present: async () => (await context.incidents.byId(changed.incidentId))?.labelled,
        carry: (change) => carryLabel(change, changed.incidentId, context),
      };
    case "exclusion":
      return {
        present: async () =>
          (await context.exclusions.of(changed.seriesId)).find(({ id }) => id === changed.id),
      };
    case "event":
      return { present: async () => (await context.events.all()).find(({ id }) => id === changed.id) };
    case "product-change":
      return {
        present: async () => (await context.productChanges.all()).find(({ id }) => id === changed.id),
      };
    case "app":
      return {
        present: async () =>
          (await context.apps.all()).find(
            ({ workspace, app }) => workspace === changed.workspace && app === changed.app,
          ),
      };
    case "route":
      return { present: async () => (await context.routes.all()).find(({ id }) => id === changed.id) };
    case "permissions":
      return { present: async () => (await context.permissions.get()) ?? BY_DEFAULT };
  }
}
