import { type Delivery, deliveryId } from "../../notifications/delivery.ts";
import type { Context } from "../context.ts";
import type { Destination } from "../ports/destinations.ts";

/** What a destination was sent so far; noted at the first look, since routes count time from then. */
export async function deliveryOf(
  key: string,
  { name }: Pick<Destination, "name">,
  { deliveries, clock }: Pick<Context, "deliveries" | "clock">,
): Promise<Delivery> {
  const id = deliveryId(name, key);
  for (;;) {
    const found =
      (await deliveries.byId(id)) ??
      (await deliveries.save({ id, destination: name, key, noticedAt: clock(), version: 0 }));
    if (found) return found;
  }
}
