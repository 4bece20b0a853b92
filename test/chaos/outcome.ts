import type { Hour } from "../../src/time/time.ts";
import { HOUR } from "../../src/time/time.ts";
import { apps, KEY, type Stage } from "../stage.ts";

/** What came of one run of the story. */
export interface Outcome {
  /** Root messages in the channel; one is right. */
  readonly roots: number;
  /** How often the end was said in a thread; once is right. */
  readonly ends: number;
  /** Other replies: there are none. */
  readonly others: number;
  /** Hours of all watches that were not evaluated. */
  readonly notEvaluated: number;
  /** Incidents beyond the one there was. */
  readonly extraIncidents: number;
  readonly isToldOver: boolean;
  /** Sessions that were lost, by the incident's account. */
  readonly balance: number;
  /** What is left in the outbox. */
  readonly unsaid: number;
  /** Keys and tokens in Redis' files or in what the workers printed. */
  readonly secrets: number;
  /** Posts of which the bot could not know whether they arrived. */
  readonly unsure: number;
  /** What it waited for in vain. */
  readonly stuck?: string;
}

/** Looks at what is in Slack, Redis and the log after a run. */
export async function outcomeOf(
  { bot, slack, redis }: Stage,
  printed: string,
  [first, last]: readonly [Hour, Hour],
  stuck: string | undefined,
): Promise<Outcome> {
  const messages = slack.messages("C0ALERTS1");
  const replies = messages.filter(({ threadTs }) => threadTs !== undefined);
  const ends = replies.filter(({ text }) => text.startsWith("✅"));
  const incidents = (await Promise.all(apps.map((app) => bot.incidents.since(app, first)))).flat();
  const evaluated = await Promise.all(
    apps.map(async (app) =>
      (await bot.journal.between(app, first, last)).filter(({ verdict }) => verdict !== "not-evaluated"),
    ),
  );
  const text = printed + (await redis.written());
  return {
    roots: messages.length - replies.length,
    ends: ends.length,
    others: replies.length - ends.length,
    notEvaluated: apps.length * ((last - first) / HOUR + 1) - evaluated.flat().length,
    extraIncidents: incidents.length - 1,
    isToldOver: incidents[0]?.lastNotified?.resolved === true,
    balance: Math.round(incidents[0]?.balance ?? 0),
    unsaid: (await bot.outbox.all()).size,
    secrets: [KEY, slack.token].filter((secret) => text.includes(secret)).length,
    unsure: slack.faults
      .struck()
      .filter(({ method, fault }) => method === "chat.postMessage" && fault.kind !== "rate-limit").length,
    ...(stuck && { stuck }),
  };
}
