import type { Redis } from "ioredis";
import type { Delivery } from "../../../notifications/delivery.ts";
import type { DeliveryStore } from "../../../pipeline/ports/destinations.ts";
import { compareAndSet, readVersioned } from "../commands/compare-and-set.ts";
import type { Keys } from "../keys.ts";
import { redisOutbox } from "./outbox.ts";
import { deliverySchema } from "./schemas.ts";

const reading = { schema: deliverySchema, remedy: "Forget what was sent, which may send it again" };

/** What was sent to destinations, as JSON beside its version, and an outbox for each destination. */
export function redisDeliveries(redis: Redis, keys: Keys): DeliveryStore {
  const outbox = (destination: string) => redisOutbox(redis, keys.deliveryOutbox(destination));
  return {
    byId: async (id) => (await readVersioned<Delivery>(redis, [keys.delivery(id)], reading))[0],
    save: (delivery) => compareAndSet(redis, delivery, { record: keys.delivery(delivery.id) }),
    add: (destination, ...entry) => outbox(destination).add(...entry),
    pending: (destination) => outbox(destination).all(),
    remove: (destination, ...entry) => outbox(destination).remove(...entry),
  };
}
