import { until } from "../support/until.ts";

const TIMEOUT = 20_000;

/** Gives something the time to come about; whether it did, the figures tell. */
export const eventually = (condition: () => Promise<boolean>): Promise<void> =>
  until(condition, "what goes on by itself", TIMEOUT).catch(() => {});
