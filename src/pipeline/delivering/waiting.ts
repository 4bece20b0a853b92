import type { DeliveryStore } from "../ports/destinations.ts";
import type { Outbox } from "../ports/incidents.ts";

/** The same outbox; each addition also goes to the outbox of every destination, and `hint` has them looked at soon. */
export const alsoDelivering = (
  outbox: Outbox,
  destinations: readonly string[],
  deliveries: Pick<DeliveryStore, "add">,
  hint: (destinations: readonly string[]) => Promise<void>,
): Outbox => {
  if (destinations.length === 0) return outbox;
  return {
    ...outbox,
    async add(incidentId, groupKey, adding) {
      // First, so that whoever repeats the addition after a crash completes both.
      for (const name of destinations) await deliveries.add(name, incidentId, groupKey, adding);
      await outbox.add(incidentId, groupKey, adding);
      if (!adding?.isAhead) await hint(destinations);
    },
  };
};
