import { PermanentError, TransientError } from "../../errors.ts";
import { destinationName } from "../../health/checks/destinations.ts";
import type { Route } from "../../notifications/route.ts";
import type { Destination } from "../../pipeline/ports/destinations.ts";
import type { Instant } from "../../time/time.ts";
import { type CheckResult, failed, failureFrom, note, passed, resultsOf } from "./result.ts";

/** Whether each destination besides Slack answers, and whether alerts go there. */
export async function checkDestinations(
  destinations: readonly Destination[],
  routes: readonly Route[],
  now: Instant,
): Promise<CheckResult[]> {
  const results = await Promise.all(
    destinations.map(async (destination) => [
      ...(await reached(destination, now)),
      ...(routes.some((route) => route.destination === destination.name)
        ? []
        : [
            note(
              `no route leads to ${destination.name}`,
              `Add one: /tidewatch route here to:${destination.name}, or the setting ROUTES.`,
            ),
          ]),
    ]),
  );
  const lost = routes.filter((route) => !destinations.some(({ name }) => name === route.destination));
  return [
    ...results.flat(),
    ...lost.map(({ id, destination }) =>
      failed(
        `the route ${id} leads to ${destination}, which is not configured`,
        `Add ${destination} to DESTINATIONS, or remove the route: npm run watch -- unroute ${id}.`,
      ),
    ),
  ];
}

async function reached({ name, kind, check }: Destination, now: Instant): Promise<CheckResult[]> {
  try {
    return [passed(`${name} (${kind}): ${await check()}`)];
  } catch (error) {
    if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
    const failures = new Map([[destinationName(name), failureFrom(error, now)]]);
    return resultsOf("destination", { failures }, error instanceof TransientError);
  }
}
