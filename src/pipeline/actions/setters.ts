import { scopeName } from "../../notifications/mute.ts";
import type { Change, Changed } from "../../settings/change.ts";
import { BY_DEFAULT } from "../../settings/permissions.ts";
import { type WakeWatchDeps, wakeWatch } from "../leaving.ts";
import type { AccessStore, AppStore, ChangeStore } from "../ports/console.ts";
import type { EventStore, ExclusionStore } from "../ports/teaching.ts";
import type { MuteStore, WatchStore } from "../ports/watches.ts";
import { forgetUnwatched, refuseWhileOpen, type UnwatchedDeps } from "../unwatched.ts";
import { type WakingDeps, wakeMuted } from "../waking.ts";
import { carryLabel, type LabelDeps } from "./feedback.ts";

/** Everything that people set up, and what follows from a change of it. */
export type SettingDeps = UnwatchedDeps &
  WakingDeps &
  WakeWatchDeps &
  LabelDeps & {
    readonly watches: WatchStore;
    readonly mutes: MuteStore;
    readonly apps: AppStore;
    readonly access: AccessStore;
    readonly events: EventStore;
    readonly exclusions: ExclusionStore;
    readonly changes: ChangeStore;
  };

/** What one kind of setting is to those who change it. */
export interface SettingKind {
  /** How it stands; undefined where there is none. */
  present(): Promise<unknown>;
  /** Throws InputError where it cannot be what it is to be. */
  check?(): Promise<void>;
  /** Makes ready for what it is to be. Safe to repeat, also where nothing comes of it. */
  prepare?(): Promise<void>;
  /** Does what follows from a change of it elsewhere, by how things stand then: safe to repeat, and to be done late. */
  carry?(change: Change): Promise<void>;
}

/** The table of all kinds of settings: whatever changes, undoes or imports one goes by it. */
export function kindOf(changed: Changed, deps: SettingDeps): SettingKind {
  switch (changed.kind) {
    case "watch":
      return {
        present: () => deps.watches.byId(changed.watchId),
        async check() {
          if (changed.after) await refuseWhileOpen(changed.before, changed.after, deps);
        },
        async prepare() {
          // What was not watched until now has no history, though a job may have left some.
          if (changed.after) await forgetUnwatched(changed.after.series, deps);
        },
        async carry() {
          if (changed.before) await forgetUnwatched(changed.before.series, deps);
          // Another watch may get its name.
          const now = await deps.watches.byId(changed.watchId);
          if (!changed.after && !now) await deps.mutes.remove({ kind: "watch", watch: changed.watchId });
          await wakeWatch(changed.before, now, deps);
        },
      };
    case "mute":
      return {
        present: async () =>
          (await deps.mutes.all()).find(({ scope }) => scopeName(scope) === scopeName(changed.scope)),
        carry: async ({ at }) => {
          if (changed.before) await wakeMuted(changed.scope, at, deps);
        },
      };
    case "label":
      return {
        present: async () => (await deps.incidents.byId(changed.incidentId))?.labelled,
        carry: (change) => carryLabel(change, changed.incidentId, deps),
      };
    case "exclusion":
      return {
        present: async () => (await deps.exclusions.of(changed.seriesId)).find(({ id }) => id === changed.id),
      };
    case "event":
      return { present: async () => (await deps.events.all()).find(({ id }) => id === changed.id) };
    case "app":
      return {
        present: async () =>
          (await deps.apps.all()).find(
            ({ workspace, app }) => workspace === changed.workspace && app === changed.app,
          ),
      };
    case "access":
      return { present: async () => (await deps.access.get()) ?? BY_DEFAULT };
  }
}
