import { watchIdOf } from "../incidents/incident.ts";
import { isCovered } from "../notifications/mute.ts";
import { isRouted } from "../notifications/route.ts";
import { isAffected } from "../series/planned-events.ts";
import { canMove } from "../series/product-changes.ts";
import { seriesId } from "../series/series.ts";
import type { Changed } from "./change.ts";
import type { Watch } from "./watch.ts";

/** The channels, of those that these watches post in, that a change affects; each once, sorted. */
export function affectedChannels(changed: Changed, watches: readonly Watch[]): string[] {
  if (changed.kind === "mute" && changed.scope.kind === "channel") return [changed.scope.channel];
  if (changed.kind === "route") return sorted(channelsOfRoute(changed, watches));
  if (changed.kind === "watch") return sorted([changed.before?.channel, changed.after?.channel]);
  return sorted(watches.filter((watch) => concerns(changed, watch)).map(({ channel }) => channel));
}

/**
 * Who sees a change besides its author: its channel, because alerts will be missing there; the readers of the alert
 * that it is about; or those who look after the settings.
 */
export function audienceOf(changed: Changed): "channel" | "alert" | "settings" {
  switch (changed.kind) {
    case "watch":
      return changed.after ? "settings" : "channel";
    case "mute":
      return changed.after && changed.scope.kind === "channel" ? "channel" : "settings";
    case "label":
      return "alert";
    default:
      return "settings";
  }
}

/** The channels in which a change is announced at once. A change of settings is, if there is an ops channel. */
export function placesFor(changed: Changed, watches: readonly Watch[], ops: string | undefined): string[] {
  const audience = audienceOf(changed);
  if (audience === "channel") return affectedChannels(changed, watches);
  return audience === "settings" && ops ? [ops] : [];
}

/** A change that affects more channels is not listed in each. */
const MOST_CHANNELS = 5;

/**
 * The channels in which a change of settings is listed once a day, where there is no ops channel: those that it affects;
 * if those are none or many, the alert channels of most watches.
 */
export function dailyPlacesFor(changed: Changed, watches: readonly Watch[]): string[] {
  if (audienceOf(changed) !== "settings") return [];
  const concerned = affectedChannels(changed, watches);
  if (concerned.length > 0 && concerned.length <= MOST_CHANNELS) return concerned;
  const busiest = alertChannels(watches);
  const some = concerned.length > 0 ? busiest.filter((channel) => concerned.includes(channel)) : busiest;
  return some.slice(0, MOST_CHANNELS);
}

/** Every channel that a watch posts in, those of most watches first. */
export function alertChannels(watches: readonly Watch[]): string[] {
  const groups = [...Map.groupBy(watches, ({ channel }) => channel)];
  return groups
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
    .map(([channel]) => channel);
}

/** Whether a change is of a watch, of a mute of it alone, or of feedback on its hours and incidents. */
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
      return isAffected(watch.series, (changed.after ?? changed.before)?.scope ?? {});
    case "product-change":
      return canMove(changed.after ?? changed.before ?? { scope: {} }, watch.series);
    case "route":
      return isRouted(watch, changed.after ?? changed.before ?? {});
    case "app":
      return watch.series.workspace === changed.workspace && watch.series.app === changed.app;
    default:
      return false;
  }
}

/** A route of a channel affects it even while no watch posts there. */
function channelsOfRoute(changed: Extract<Changed, { kind: "route" }>, watches: readonly Watch[]): string[] {
  const scopes = [changed.before, changed.after].flatMap((route) => (route ? [route.scope] : []));
  return [
    ...scopes.flatMap((scope) => (scope?.kind === "channel" ? [scope.channel] : [])),
    ...watches.filter((watch) => concerns(changed, watch)).map(({ channel }) => channel),
  ];
}

const sorted = (channels: readonly (string | undefined)[]): string[] =>
  [...new Set(channels.filter((channel) => channel !== undefined))].sort();
