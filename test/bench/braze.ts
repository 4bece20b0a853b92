import { startBrazeSimulator } from "../../simulator/braze/server.ts";
import { hourOf } from "../../src/time/time.ts";
import { fleetOf, type Mixture, zoneThatEndsWith } from "./fleet.ts";

/** What the parent sends: first what to be, then whenever it wants to know how many requests came. */
export type Order =
  | {
      readonly series: number;
      readonly mixture: Mixture;
      readonly fallsAt: number;
      readonly key: string;
    }
  | "count";

/** What it answers. */
export type LastNotified = { readonly url: string } | Requests;

/** What came to Braze. */
export interface Requests {
  readonly requests: number;
  /** The most in one clock hour, of the pool of purchases. */
  readonly ofPurchases: number;
}

// A Braze in a process of its own, each answer taking as long as Braze's.
const LATENCY = 100;
let requests = (): Requests => ({ requests: 0, ofPurchases: 0 });
process.on("message", async (order: Order) => {
  if (order === "count") return void process.send?.(requests() satisfies LastNotified);
  const { workspace, falls } = fleetOf(order.series, order.mixture);
  const hour = hourOf(order.fallsAt);
  const { url, control } = await startBrazeSimulator({
    ...workspace,
    incidents: falls(hour),
    zone: zoneThatEndsWith(hour),
    switches: { bucketZone: "company" },
    apiKey: order.key,
    latency: LATENCY,
  });
  requests = () => ({ requests: control.requests(), ofPurchases: control.most("purchases") });
  process.send?.({ url } satisfies LastNotified);
});
