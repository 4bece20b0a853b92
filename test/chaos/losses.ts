import { keysOf } from "../../src/adapters/redis/keys.ts";
import { HOUR } from "../../src/time/time.ts";
import { QUEUE_PREFIX } from "../../workers/queues.ts";
import type { Stage } from "../support/stage.ts";

const keys = keysOf("tidewatch");

/** What Redis may lose of a series, each as a replica has it that was behind. */
export const historyLosses = {
  "a whole history": ({ bot }, id) => bot.series.remove(id),
  "its counts": ({ connection }, id) => connection.del(keys.history(id)),
  "what its counts are": ({ connection }, id) => connection.del(keys.series(id)),
  "a day in the middle": ({ bot, now }, id) => {
    const hour = now() - (now() % HOUR);
    return bot.series.write(id, [], hour - 300 * HOUR, hour - 277 * HOUR);
  },
  "its progress": ({ bot }, id) => bot.progress.remove(id),
  "what the detector learned": ({ connection }, id) => connection.hdel(keys.series(id), "state", "through"),
  "all of it": async ({ bot }, id) => {
    await bot.progress.remove(id);
    await bot.ingestionDelays.remove(id);
    await bot.series.remove(id);
  },
} satisfies Record<string, (stage: Stage, seriesId: string) => Promise<unknown>>;

export type HistoryLoss = keyof typeof historyLosses;

/** What Redis may lose of the queues: keys, or all of them. */
export const scheduleLosses = {
  "the tick's schedule": ["tick:repeat", "tick:repeat:tick", "tick:delayed"],
  "the next tick": ["tick:delayed"],
  "the fetches that wait": ["collect.main:wait", "collect.main:prioritized", "collect.main:marker"],
  "the evaluations that wait": ["evaluate:wait", "evaluate:marker"],
  "the posts that wait": ["notify:wait", "notify:delayed", "notify:marker"],
  "the announcements that wait": ["announce:wait", "announce:marker"],
  "the health checks that wait": ["health:wait", "health:delayed", "health:marker"],
  "all queues": [],
} satisfies Record<string, readonly string[]>;

export type ScheduleLoss = keyof typeof scheduleLosses;

/** Has Redis lose something of the queues. */
export async function loseSchedule(loss: ScheduleLoss, { connection }: Stage): Promise<void> {
  const of: readonly string[] = scheduleLosses[loss];
  const lost =
    of.length > 0 ? of.map((key) => `${QUEUE_PREFIX}:${key}`) : await connection.keys(`${QUEUE_PREFIX}:*`);
  if (lost.length > 0) await connection.del(...lost);
}
