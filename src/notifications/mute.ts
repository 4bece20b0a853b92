import type { Watch } from "../settings/watch.ts";
import { localDay } from "../time/calendar.ts";
import { DAY, HOUR, type Instant } from "../time/time.ts";
import { localInstant } from "../time/zone.ts";
import type { Suppression } from "./suppression.ts";

/** What is muted: one watch, an app with all its segments, or all alerts of a channel. */
export type MuteScope =
  | { readonly kind: "watch"; readonly watch: string }
  /** `app` is Braze's id, or `all` for the sum over all apps. */
  | { readonly kind: "app"; readonly workspace: string; readonly app: string }
  | { readonly kind: "channel"; readonly channel: string };

/** When a mute until tomorrow ends: at the start of the working day. */
const MORNING = 9 * HOUR;

/**
 * When a mute for a while ends, by the clock of a zone.
 * @example muteEnd("tomorrow", now, "Europe/Berlin"); // => 9:00 of the next day in Berlin
 */
export function muteEnd(
  choice: "1h" | "4h" | "tomorrow" | "recovery",
  now: Instant,
  zone: string,
): Mute["until"] {
  if (choice === "recovery") return choice;
  if (choice !== "tomorrow") return now + Number.parseInt(choice, 10) * HOUR;
  const today = localDay(now, "hour", zone);
  return localInstant(zone, (today + 1) * DAY + MORNING);
}

/** A person silences a scope until an instant or until it recovers. */
export interface Mute {
  readonly scope: MuteScope;
  /** Who asked for it. */
  readonly by: string;
  readonly at: Instant;
  /** The first instant at which it is over, or the recovery of `incidents`. */
  readonly until: Instant | "recovery";
  /** The incidents that were open when it began: a mute until "recovery" lasts while any of these is open. */
  readonly incidents: readonly string[];
}

/**
 * Names a scope; no two scopes share a name, and one scope has at most one mute.
 * @example scopeName({ kind: "app", workspace: "main", app: "ios" }); // => "app main.ios"
 */
export function scopeName(scope: MuteScope): string {
  switch (scope.kind) {
    case "watch":
      return `watch ${scope.watch}`;
    case "app":
      return `app ${scope.workspace}.${scope.app}`;
    case "channel":
      return `channel ${scope.channel}`;
  }
}

/** The narrowest scope that covers all of these: the one watch, its app, or else the channel they tell. */
export function scopeCovering([first, ...more]: readonly [Watch, ...Watch[]]): MuteScope {
  if (more.every(({ id }) => id === first.id)) return { kind: "watch", watch: first.id };
  const { workspace, app } = first.series;
  const isOneApp = more.every(({ series }) => series.workspace === workspace && series.app === app);
  return isOneApp
    ? { kind: "app", workspace, app: app ?? "all" }
    : { kind: "channel", channel: first.channel };
}

/** The most watches that a mute of several names one by one. */
const MOST_NAMED = 10;

/**
 * What a mute of all these mutes: the one watch, its app, or each watch, so that no other watch of the channel falls
 * silent; the channel only where there are too many to name.
 */
export function scopesCovering(watches: readonly [Watch, ...Watch[]]): MuteScope[] {
  const scope = scopeCovering(watches);
  const ids = [...new Set(watches.map(({ id }) => id))];
  return scope.kind === "channel" && ids.length <= MOST_NAMED
    ? ids.map((watch) => ({ kind: "watch", watch }))
    : [scope];
}

/** Whether a watch is in a scope. */
export function isCovered({ id, series, channel }: Watch, scope: MuteScope): boolean {
  switch (scope.kind) {
    case "watch":
      return scope.watch === id;
    case "app":
      return scope.workspace === series.workspace && scope.app === (series.app ?? "all");
    case "channel":
      return scope.channel === channel;
  }
}

/** Whether a mute is in force. @param isRunning whether an incident is open. */
export const isInForce = (
  { until, incidents }: Mute,
  now: Instant,
  isRunning: (incidentId: string) => boolean,
): boolean => (until === "recovery" ? incidents.some(isRunning) : now < until);

/** The suppression by these mutes, all in force: the one that ends last decides. */
export function suppressionByMutes(mutes: readonly Mute[]): Suppression | undefined {
  const lasting = ({ until }: Mute) => (until === "recovery" ? Number.POSITIVE_INFINITY : until);
  const [last] = mutes.toSorted((a, b) => lasting(b) - lasting(a));
  if (!last) return undefined;
  const { by, until } = last;
  return { because: "muted", ...(until !== "recovery" && { until }), by };
}
