import { secrets } from "../../simulator/destinations/kinds.ts";
import { capacityOf } from "../../src/adapters/redis/series/series-ring.ts";
import { seriesId } from "../../src/series/series.ts";
import type { Backup } from "../../src/settings/backup.ts";
import type { Hour } from "../../src/time/time.ts";
import { HOUR } from "../../src/time/time.ts";
import { apps, KEY, type Stage } from "../support/stage.ts";
import type { Asked } from "./ask-change.ts";
import { type ChangesOutcome, changesOutcome } from "./changes-outcome.ts";
import { type Elsewhere, type ElsewhereOutcome, elsewhereOutcome } from "./elsewhere.ts";
import { eventually } from "./eventually.ts";

export const OPS = "C0OPS0001";

/** What came of one run of the story. */
export interface Outcome extends ChangesOutcome, ElsewhereOutcome {
  /** Root messages in the channel; one is right. */
  readonly roots: number;
  /** How often the resolution was posted in a thread; once is right. */
  readonly ends: number;
  /** Other replies: there are none. */
  readonly others: number;
  /** Hours of all watches that were not evaluated. */
  readonly notEvaluated: number;
  /** Incidents beyond the one there was. */
  readonly extraIncidents: number;
  readonly isEndNotified: boolean;
  /** Sessions that were lost, by the incident's account. */
  readonly balance: number;
  /** What is left in the outbox. */
  readonly pending: number;
  /** Keys and tokens in Redis' files or in what the workers printed. */
  readonly secrets: number;
  /** Posts of which the bot could not know whether they arrived. */
  readonly unsure: number;
  /** Messages in all channels that stand there more than once. */
  readonly duplicates: number;
  /** Hours that are missing in the histories of what is watched. */
  readonly missingHours: number;
  /** How often the first workspace waited for the one that hung. */
  readonly heldUp: number;
  /** How often the log says that what was lost of the queues was restored. */
  readonly restored: number;
  /** How often the worker's way to Redis broke at a command. */
  readonly cuts: number;
  /** What it waited for in vain. */
  readonly stuck?: string;
}

/** What a run hands over to be looked at. */
export interface Lived {
  readonly stage: Stage;
  /** Left out where alerts go to Slack alone. */
  readonly elsewhere?: Elsewhere;
  /** All that its workers printed. */
  readonly printed: () => string;
  /** The settings before anybody changed one. */
  readonly before: Backup;
  readonly asked: readonly Asked[];
  readonly heldUp: number;
  readonly cuts: number;
}

/** Looks at what is in Slack, Redis and the log after a run. */
export async function outcomeOf(
  { stage, elsewhere, printed, before, asked, heldUp, cuts }: Lived,
  [first, last]: readonly [Hour, Hour],
  stuck: string | undefined,
): Promise<Outcome> {
  const { bot, slack, redis } = stage;
  // The last announcement may still be under way, and the last loss be noticed.
  await eventually(async () => (await bot.changes.unannounced()).length === 0);
  await eventually(async () => (await missingHours(stage)) === 0);
  const others = await elsewhereOutcome(elsewhere);
  const log = printed();
  const channels = new Set([OPS, ...before.watches.map(({ channel }) => channel)]);
  const all = [...channels].flatMap((channel) => slack.messages(channel));
  const messageIds = all.map(({ metadata }) => String(metadata?.event_payload.id));
  const messages = slack
    .messages("C0ALERTS1")
    .filter(({ metadata }) => !String(metadata?.event_payload.id).startsWith("change/"));
  const replies = messages.filter(({ threadTs }) => threadTs !== undefined);
  const ends = replies.filter(({ text }) => text.startsWith("✅"));
  const incidents = (await Promise.all(apps.map((app) => bot.incidents.since(app, first)))).flat();
  const evaluated = await Promise.all(
    apps.map(async (app) =>
      (await bot.journal.between(app, first, last)).filter(({ verdict }) => verdict !== "not-evaluated"),
    ),
  );
  const text = log + (await redis.written());
  return {
    ...(await changesOutcome(stage, asked, before, messageIds)),
    duplicates: messageIds.length - new Set(messageIds).size,
    missingHours: await missingHours(stage),
    heldUp,
    restored: log.match(/"(schedule\.restored|queue\.job-lost)"/g)?.length ?? 0,
    cuts,
    roots: messages.length - replies.length,
    ends: ends.length,
    ...others,
    others: replies.length - ends.length,
    notEvaluated: apps.length * ((last - first) / HOUR + 1) - evaluated.flat().length,
    extraIncidents: incidents.length - 1,
    isEndNotified: incidents[0]?.lastNotified?.resolved === true,
    balance: Math.round(incidents[0]?.balance ?? 0),
    pending: (await bot.outbox.all()).size,
    secrets: [KEY, slack.token, ...Object.values(secrets)].filter((secret) => text.includes(secret)).length,
    unsure: slack.faults
      .struck()
      .filter(({ method, fault }) => method === "chat.postMessage" && fault.kind !== "rate-limit").length,
    ...(stuck && { stuck }),
  };
}

/** How long something may take that goes on by itself. */
async function missingHours({ bot }: Stage): Promise<number> {
  const ids = [...new Set((await bot.watches.all()).map(({ series }) => seriesId(series)))];
  const known = await Promise.all(
    ids.map(async (id) => {
      // One that is damaged has no hour that anybody can use.
      const stored = await bot.series.read(id).catch(() => undefined);
      return (stored?.history.values ?? []).filter((count) => count !== undefined).length;
    }),
  );
  return known.reduce((missing, count) => missing + capacityOf("hour") - count, 0);
}
