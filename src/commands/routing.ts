import { addRoute, removeRoute } from "../pipeline/actions/route.ts";
import { routesAnswer } from "../text/answers/routes.ts";
import { answerTo } from "./answering.ts";
import { command } from "./command.ts";
import { routeSyntax } from "./grammar/route.ts";
import { named, nothing } from "./grammar/syntax.ts";
import { scopeOf } from "./muting.ts";

export const route = command({
  group: "setup",
  meanings: ["page", "pager", "pagerduty", "email", "mail", "webhook", "escalate"],
  about: "Also send alerts to a pager, a mailbox or a webhook",
  usage: [
    "route WATCH|app:ID|#CHANNEL|here|everything to:DESTINATION [severity:critical] [after:15m] [quiet:22-7] [quiet-days:mon-fri]",
  ],
  examples: ["route here to:pager severity:critical", "route ios to:pager after:30m"],
  permission: "change",
  syntax: routeSyntax,
  async run({ scope, to, severity, after, quiet }, request) {
    const { actor, bot } = request;
    const asked = {
      ...(scope.kind !== "all" && { scope: await scopeOf(scope, request) }),
      severity,
      destination: to,
      ...(after !== undefined && { unacknowledgedFor: after }),
      ...(quiet && { quiet }),
    };
    return answerTo(await addRoute(asked, actor.user, bot), request);
  },
});

export const routes = command({
  group: "setup",
  aliases: ["destinations"],
  about: "Where alerts go besides Slack",
  usage: ["routes"],
  examples: ["routes"],
  permission: "look",
  syntax: nothing,
  run: async (_, { bot }) =>
    routesAnswer(
      { configured: bot.configuredRoutes, added: await bot.routes.all() },
      bot.destinations,
      await bot.watches.all(),
    ),
});

export const unroute = command({
  group: "setup",
  about: "Remove a route",
  usage: ["unroute ROUTE"],
  examples: ["unroute critical-pager"],
  permission: "change",
  syntax: named("route", "which route? See its name in `/tidewatch routes`"),
  run: async ({ route: id }, request) =>
    answerTo(await removeRoute(id, request.actor.user, request.bot), request),
});
