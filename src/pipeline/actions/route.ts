import { InputError } from "../../errors.ts";
import { type Route, routeId } from "../../notifications/route.ts";
import type { Changed } from "../../settings/change.ts";
import { commit, type Made } from "../changes/change.ts";
import type { Context } from "../context.ts";

/** A route that was added, removed or replaced. */
export type RouteChanged = Extract<Changed, { kind: "route" }>;

/** Adds a route. Throws InputError for an unknown destination. */
export const addRoute = (
  asked: Omit<Route, "id" | "by" | "at">,
  by: string,
  context: Context,
): Promise<Made<RouteChanged>> =>
  commit(
    async () => {
      checkRoute(asked, context);
      const id = routeId(asked);
      const before = await routeOf(id, context);
      const after: Route = { ...asked, id, by, at: context.clock() };
      return { kind: "route", id, ...(before && { before }), after };
    },
    by,
    context,
  );

/** Removes a route. What it sent is still resolved there. Throws InputError when it does not exist. */
export const removeRoute = (id: string, by: string, context: Context): Promise<Made<RouteChanged>> =>
  commit(
    async () => {
      const before = await routeOf(id, context);
      if (before) return { kind: "route", id, before };
      throw new InputError(
        context.configuredRoutes.some((route) => route.id === id)
          ? `the route "${id}" is set in ROUTES. Change the setting and restart`
          : `there is no route "${id}". /tidewatch routes lists all`,
      );
    },
    by,
    context,
  );

const routeOf = async (id: string, { routes }: Pick<Context, "routes">): Promise<Route | undefined> =>
  (await routes.all()).find((route) => route.id === id);

/** Throws InputError for a route to a destination that is not configured. */
function checkRoute(
  { destination }: Pick<Route, "destination">,
  { destinations }: Pick<Context, "destinations">,
): void {
  if (destinations.some(({ name }) => name === destination)) return;
  const known = destinations.map(({ name }) => name).join(", ");
  throw new InputError(
    known === ""
      ? "there are no destinations besides Slack. Whoever runs Tidewatch adds them with the setting DESTINATIONS"
      : `there is no destination "${destination}". Use one of: ${known}`,
  );
}
