import { scopeName } from "../../notifications/mute.ts";
import type { Changed } from "../../settings/change.ts";
import type { AccessStore, AppStore } from "../ports/console.ts";
import type { EventStore, ExclusionStore } from "../ports/teaching.ts";
import type { Setters } from "./change.ts";
import { type LabelDeps, setEvent, setExclusion, setLabel } from "./label.ts";
import { type MutingDeps, setMute } from "./mute.ts";
import { type PlaceDeps, refuseWhileOpen, setWatch } from "./watch.ts";

export type SettingDeps = PlaceDeps &
  MutingDeps &
  LabelDeps & {
    readonly apps: AppStore;
    readonly access: AccessStore;
    readonly events: EventStore;
    readonly exclusions: ExclusionStore;
  };

/** How everything that can be changed is read, and set by those whom it belongs to. */
export const settersOf = (deps: SettingDeps): Setters => ({
  present: (changed) => presentOf(changed, deps),
  apply: (changed) => apply(changed, deps),
});

async function presentOf(changed: Changed, deps: SettingDeps): Promise<unknown> {
  switch (changed.kind) {
    case "watch":
      return deps.watches.byId(changed.watchId);
    case "mute":
      return (await deps.mutes.all()).find(({ scope }) => scopeName(scope) === scopeName(changed.scope));
    case "label":
      return (await deps.incidents.byId(changed.incidentId))?.labelled;
    case "exclusion":
      return (await deps.exclusions.of(changed.seriesId)).find(({ id }) => id === changed.id);
    case "event":
      return (await deps.events.all()).find(({ id }) => id === changed.id);
    case "app":
      return (await deps.apps.all()).find(
        ({ workspace, app }) => workspace === changed.workspace && app === changed.app,
      );
    case "access":
      return deps.access.get();
  }
}

async function apply(changed: Changed, deps: SettingDeps): Promise<unknown> {
  switch (changed.kind) {
    case "watch":
      if (changed.after) await refuseWhileOpen(await deps.watches.byId(changed.watchId), changed.after, deps);
      return setWatch(changed.watchId, changed.after, deps);
    case "mute":
      return setMute(changed.scope, changed.after, deps);
    case "label":
      return setLabel(changed.incidentId, changed.after, deps);
    case "exclusion":
      return setExclusion(changed.seriesId, changed.id, changed.after, deps);
    case "event":
      return setEvent(changed.id, changed.after, deps);
    case "app":
      return changed.after ? deps.apps.save(changed.after) : deps.apps.remove(changed.workspace, changed.app);
    case "access":
      return deps.access.set(changed.after ?? { who: "everyone" });
  }
}
