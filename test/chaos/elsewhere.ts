import { type Kind, secrets } from "../../simulator/destinations/kinds.ts";
import { type DestinationSimulator, startDestinations } from "../../simulator/destinations/server.ts";
import { type DestinationConfig, readDestinations } from "../../src/config/destinations.ts";
import { readRoutes } from "../../src/config/routes.ts";
import type { Route } from "../../src/notifications/route.ts";
import type { Instant } from "../../src/time/time.ts";
import { eventually } from "./eventually.ts";

/** The kinds of destinations to which every alert goes as well. */
export const destinationKinds: readonly Kind[] = [
  ...(["pagerduty", "incident.io", "jira", "alertmanager", "webhook"] as const),
];

/** What people elsewhere were notified of, over all kinds of destinations. */
export interface ElsewhereOutcome {
  /** Destinations that called nobody. */
  readonly uncalled: number;
  /** Calls beyond one at each destination. */
  readonly calledAgain: number;
  /** Alerts that are still open after their incident. */
  readonly leftOpen: number;
}

/** One destination of each kind, and the routes that send everything to all of them. */
export interface Elsewhere {
  readonly simulator: DestinationSimulator;
  readonly destinations: readonly DestinationConfig[];
  readonly routes: readonly Route[];
}

/** Starts them on one server. @param now the clock by which an Alertmanager ends alerts */
export async function startElsewhere(now: () => Instant): Promise<Elsewhere> {
  const simulator = await startDestinations(now);
  const at = (kind: Kind) => ({ kind, url: simulator.addressOf(kind), allowPrivate: true });
  const { destinations, problems } = readDestinations(
    JSON.stringify({
      pager: { ...at("pagerduty"), routingKey: secrets.routingKey },
      incidents: { ...at("incident.io"), token: secrets.token, source: "simulated" },
      jira: { ...at("jira"), apiKey: secrets.apiKey },
      prom: at("alertmanager"),
      hook: { ...at("webhook"), secret: secrets.webhook },
    }),
  );
  const { routes, problems: others } = readRoutes(
    destinations.map(({ name }) => `everything to:${name}`).join("; "),
    destinations,
  );
  if (problems.length + others.length > 0) throw new Error([...problems, ...others].join("\n"));
  return { simulator, destinations, routes };
}

/** What came of it: waits until what is under way has arrived. */
export async function elsewhereOutcome(elsewhere: Elsewhere | undefined): Promise<ElsewhereOutcome> {
  if (!elsewhere) return { uncalled: 0, calledAgain: 0, leftOpen: 0 };
  const { simulator } = elsewhere;
  const alerts = () => destinationKinds.map((kind) => [...simulator.alerts(kind).values()]);
  const isOver = (all: ReturnType<typeof alerts>[number]) =>
    all.length > 0 && all.every(({ state }) => state === "resolved");
  await eventually(async () => alerts().every(isOver));
  const calls = alerts().map((all) => all.flatMap((alert) => alert.calls).length);
  return {
    uncalled: calls.filter((count) => count === 0).length,
    calledAgain: calls.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    leftOpen: alerts()
      .flat()
      .filter(({ state }) => state !== "resolved").length,
  };
}
