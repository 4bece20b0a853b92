import type { Bot } from "../src/bot.ts";
import { herald } from "../src/pipeline/herald.ts";
import { tellReview } from "../src/pipeline/review.ts";
import { type Runtime, runWorker } from "./runner.ts";

/** Tells a channel what its day has come for: what is planned, and once a week the account of the last. */
export const calendarWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("calendar", runtime, async ({ channel }) => {
    const announced = await herald(channel, bot);
    const given = await tellReview(channel, bot);
    return { channel, announced: announced.map(({ event }) => event.id), reviewed: given !== undefined };
  });
