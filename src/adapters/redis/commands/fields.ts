import { z } from "zod";

/** A text that says something. */
export const text = z.string().min(1);

/**
 * An id that Tidewatch made: 43 characters for a watch, 20 more for its incidents. Slack's select options cannot hold
 * longer ones.
 */
export const ownId = text.max(100);

/** Later instants, from about the year 100,000, cannot be formatted as dates. */
const FARTHEST = 3e15;

/** An instant that can be formatted as a date. */
export const instant = z.number().min(-FARTHEST).max(FARTHEST);
