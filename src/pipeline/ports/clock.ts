import type { Instant } from "../../time/time.ts";

/** Returns the present instant; injected so that tests and the demo have a time of their own. */
export type Clock = () => Instant;
