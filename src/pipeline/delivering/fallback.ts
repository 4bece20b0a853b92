import type { Member } from "../../incidents/alert-group.ts";
import { deliveryId } from "../../notifications/delivery.ts";
import type { Outage } from "../../notifications/outage.ts";
import { isRouted, type Route } from "../../notifications/route.ts";
import { slackDownNote } from "../../text/outside-alert.ts";
import type { Context } from "../context.ts";

/** Whether an alert went to a destination while Slack took no messages. */
export async function isSentElsewhere(
  key: string,
  { deliveries, destinations }: Pick<Context, "deliveries" | "destinations">,
): Promise<boolean> {
  const found = await Promise.all(destinations.map(({ name }) => deliveries.byId(deliveryId(name, key))));
  return found.some((delivery) => delivery?.isFallback && delivery.sent);
}

/** What goes to a destination because Slack takes no messages. */
export interface Fallback {
  readonly outage: Outage;
  /** All routes, to any destination. */
  readonly routes: readonly Route[];
  /** Whether what no route is about goes to this destination. */
  readonly isFallback: boolean;
}

/** The critical incidents that nobody would learn of: Slack does not take them, and no route is about them. */
export const fallbackDue = (members: readonly Member[], { routes }: Fallback): string[] =>
  members
    .filter(
      ({ incident, watch, suppression }) =>
        !suppression &&
        incident.severity === "critical" &&
        incident.lastNotified?.severity !== "critical" &&
        !routes.some((route) => isRouted(watch, route)),
    )
    .map(({ incident }) => incident.id);

/** The line that says why an alert comes this way. */
export const noteOf = (fallback: Fallback | undefined, zone: string): string | undefined =>
  fallback && slackDownNote(fallback.outage.since, zone);
