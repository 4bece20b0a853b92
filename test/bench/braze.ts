import { startBrazeSimulator } from "../../simulator/braze/server.ts";
import { hourOf } from "../../src/time/time.ts";
import { fleetOf } from "./fleet.ts";

/** What the parent sends: first what to be, then whenever it wants to know how many requests came. */
export type Order = { readonly series: number; readonly fallsAt: number; readonly key: string } | "count";

/** What it answers. */
export type LastNotified = { readonly url: string } | { readonly requests: number };

// A Braze in a process of its own, each answer taking as long as Braze's.
const LATENCY = 100;
let requests = () => 0;
process.on("message", async (order: Order) => {
  if (order === "count") return void process.send?.({ requests: requests() } satisfies LastNotified);
  const { apps, segments, falls } = fleetOf(order.series);
  const incidents = falls(hourOf(order.fallsAt));
  const braze = await startBrazeSimulator({ apps, segments, incidents, apiKey: order.key, latency: LATENCY });
  requests = braze.control.requests;
  process.send?.({ url: braze.url } satisfies LastNotified);
});
