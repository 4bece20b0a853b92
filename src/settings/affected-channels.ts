import { watchIdOf } from "../incidents/incident.ts";
import { isCovered } from "../notifications/mute.ts";
import { isConcerned } from "../series/planned-events.ts";
import { seriesId } from "../series/series.ts";
import type { Changed } from "./change.ts";
import type { Watch } from "./watch.ts";

/** The channels whose people a change concerns, of those that these watches tell; each once, sorted. */
export function channelsConcerned(changed: Changed, watches: readonly Watch[]): string[] {
  if (changed.kind === "mute" && changed.scope.kind === "channel") return [changed.scope.channel];
  if (changed.kind === "watch") return sorted([changed.before?.channel, changed.after?.channel]);
  return sorted(watches.filter((watch) => concerns(changed, watch)).map(({ channel }) => channel));
}

/** Whether a change is of a watch, of what mutes it alone, or of what was said of its hours and incidents. */
export function isChangeOf(changed: Changed, watchId: string, seriesName: string | undefined): boolean {
  switch (changed.kind) {
    case "watch":
      return changed.watchId === watchId;
    case "label":
      return watchIdOf(changed.incidentId) === watchId;
    case "exclusion":
      return changed.seriesId === seriesName;
    case "mute":
      return changed.scope.kind === "watch" && changed.scope.watch === watchId;
    default:
      return false;
  }
}

function concerns(changed: Changed, watch: Watch): boolean {
  switch (changed.kind) {
    case "mute":
      return isCovered(watch, changed.scope);
    case "label":
      return watch.id === watchIdOf(changed.incidentId);
    case "exclusion":
      return seriesId(watch.series) === changed.seriesId;
    case "event":
      return isConcerned(watch.series, (changed.after ?? changed.before)?.scope ?? {});
    case "app":
      return watch.series.workspace === changed.workspace && watch.series.app === changed.app;
    default:
      return false;
  }
}

const sorted = (channels: readonly (string | undefined)[]): string[] =>
  [...new Set(channels.filter((channel) => channel !== undefined))].sort();
