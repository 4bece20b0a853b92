import type { Changed } from "./change.ts";
import { isConcerned } from "./events.ts";
import { watchIdOf } from "./incident.ts";
import { isCovered } from "./mute.ts";
import { seriesId } from "./series.ts";
import type { Watch } from "./watch.ts";

/** The channels whose people a change concerns, of those that these watches tell; each once, sorted. */
export function channelsConcerned(changed: Changed, watches: readonly Watch[]): string[] {
  if (changed.kind === "mute" && changed.scope.kind === "channel") return [changed.scope.channel];
  if (changed.kind === "watch") return sorted([changed.before?.channel, changed.after?.channel]);
  return sorted(watches.filter((watch) => concerns(changed, watch)).map(({ channel }) => channel));
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
