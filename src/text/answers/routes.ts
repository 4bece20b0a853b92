import type { Route } from "../../notifications/route.ts";
import type { Watch } from "../../settings/watch.ts";
import { routeLine } from "../routes.ts";
import { code, joined, type Text, text } from "../text.ts";
import { type Answer, listOf, paragraph } from "./answer.ts";

/** A destination by its name and kind, as people choose it. */
export interface NamedDestination {
  readonly name: string;
  readonly kind: string;
}

/** All routes, those of the configuration first, and the destinations there are. */
export function routesAnswer(
  { configured, added }: { readonly configured: readonly Route[]; readonly added: readonly Route[] },
  destinations: readonly NamedDestination[],
  watches: readonly Watch[],
): Answer {
  if (destinations.length === 0) {
    const none = text`There are no destinations besides Slack. Whoever runs Tidewatch adds them with the setting DESTINATIONS`;
    return { headline: none, parts: [paragraph(text`${none}.`)] };
  }
  const known = joined(
    destinations.map(({ name, kind }) => text`${code(name)} (${kind})`),
    ", ",
  );
  const lines: Text[] = [
    ...configured.map((route) => text`${routeLine(route, watches)}  ·  set in ROUTES`),
    ...added.map((route) => text`${routeLine(route, watches)}  ·  ${code(route.id)}`),
  ];
  if (lines.length === 0) {
    const none = text`No routes. Destinations: ${known}. Add one: ${code("/tidewatch route here to:NAME")}`;
    return { headline: text`No routes`, parts: [paragraph(text`${none}.`)] };
  }
  return listOf(
    text`${String(lines.length)} routes`,
    text`Routes. Destinations: ${known}.\nTo remove one: ${code("/tidewatch unroute ROUTE")}.`,
    lines,
  );
}
