import type { Member } from "../../incidents/alert-group.ts";
import { isDue, isRouted, type Route } from "../../notifications/route.ts";
import { seriesId } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { ProfileOf } from "../ports/profiles.ts";

/** All routes: those of the configuration, and those that people added. */
export const routesInForce = async ({
  configuredRoutes,
  routes,
}: Pick<Context, "configuredRoutes" | "routes">): Promise<Route[]> => [
  ...configuredRoutes,
  ...(await routes.all()),
];

/** The incidents that a route sends now. What is muted, or in the quiet hours of its watch, is not. */
export function dueOf(
  members: readonly Member[],
  routes: readonly Route[],
  profileOf: ProfileOf,
  { now, noticedAt }: { readonly now: Instant; readonly noticedAt: Instant },
): Set<string> {
  const due = members.filter(({ incident, watch, suppression }) => {
    const { zone } = profileOf(seriesId(watch.series));
    return (
      !suppression &&
      routes.some((route) => isRouted(watch, route) && isDue(route, incident, { now, noticedAt, zone }))
    );
  });
  return new Set(due.map(({ incident }) => incident.id));
}

/** The destinations to which a channel's alerts may go. */
export async function destinationsOf(
  channel: string,
  context: Pick<Context, "configuredRoutes" | "routes" | "watches">,
): Promise<Set<string>> {
  const [routes, watches] = await Promise.all([routesInForce(context), context.watches.all()]);
  const here: Watch[] = watches.filter((watch) => watch.channel === channel);
  const meant = routes.filter(
    (route) => isOfChannel(route, channel) || here.some((watch) => isRouted(watch, route)),
  );
  return new Set(meant.map(({ destination }) => destination));
}

const isOfChannel = ({ scope }: Route, channel: string): boolean =>
  scope === undefined || (scope.kind === "channel" && scope.channel === channel);
