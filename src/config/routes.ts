import type { MuteTarget } from "../commands/grammar/mute.ts";
import { routeSyntax } from "../commands/grammar/route.ts";
import { tokens } from "../commands/grammar/words.ts";
import { InputError } from "../errors.ts";
import type { MuteScope } from "../notifications/mute.ts";
import { type Route, routeId } from "../notifications/route.ts";

/** Reads ROUTES: routes as people type them in Slack, separated by semicolons. Returns the problems of all. */
export function readRoutes(
  text: string,
  destinations: readonly { readonly name: string }[],
  workspace = "main",
): { readonly routes: readonly Route[]; readonly problems: readonly string[] } {
  const routes: Route[] = [];
  const problems: string[] = [];
  for (const typed of text.split(";").map((one) => one.trim())) {
    if (typed === "") continue;
    try {
      const route = routeOf(typed, workspace);
      routes.push(route);
      if (!destinations.some(({ name }) => name === route.destination))
        problems.push(`ROUTES names "${route.destination}", which is not in DESTINATIONS`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(`ROUTES cannot be read at "${typed.slice(0, 60)}": ${error.message}`);
    }
  }
  return { routes, problems };
}

function routeOf(typed: string, workspace: string): Route {
  const { scope, to, severity, after, quiet } = routeSyntax.read(tokens(typed));
  const content = {
    ...(scope.kind !== "all" && { scope: scopeOf(scope, workspace) }),
    severity,
    destination: to,
    ...(after !== undefined && { unacknowledgedFor: after }),
    ...(quiet && { quiet }),
  };
  return { ...content, id: routeId(content), by: "ROUTES", at: 0 };
}

function scopeOf(typed: Exclude<MuteTarget, { kind: "all" }>, workspace: string): MuteScope {
  switch (typed.kind) {
    case "here":
      throw new InputError("there is no channel here. Name one by its id");
    case "app":
      return { kind: "app", app: typed.app, workspace: typed.workspace ?? workspace };
    default:
      return typed;
  }
}
