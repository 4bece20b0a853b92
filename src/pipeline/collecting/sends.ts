import type { Send } from "../../series/sends.ts";
import { HOUR, hourOf, type Instant, SECOND } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { Neighbours, SendFacts, SeriesSource } from "../ports/braze.ts";
import { within } from "../within.ts";

export interface SendOptions extends Pick<Context, "sends" | "seen" | "clock"> {
  /** Reads from Braze what a workspace is about to send. */
  readonly askSends: (workspace: string) => Promise<Send[]>;
  /** Reads what went out since an instant without having been scheduled, in so many requests at most. */
  readonly askLastSends: (workspace: string, since: Instant, atMost: number) => Promise<Send[]>;
  /** The series of a workspace that are read each hour. */
  readonly neighbours: Neighbours;
  readonly sendFacts: (workspace: string) => SendFacts;
  /** The workspaces whose sends are wanted. */
  readonly isWanted: (workspace: string) => boolean;
}

/** For how long after a send more is asked about it: until an alert may name it. */
const DESCRIBED_FOR = 6 * HOUR;

/** So long a series waits for what was sent: numbers come first. */
const WAIT = 5 * SECOND;

/** What looking for unscheduled sends may cost, for each series and hour; two lists and a campaign and a Canvas at least. */
const REQUESTS_A_SERIES = 0.1;
const MOST_REQUESTS = 12;
const LEAST_REQUESTS = 4;

/** Of so many sends at most more is asked in an hour: two requests each. */
const MOST_DESCRIBED = 5;

/**
 * A source that reads the calendar of sends of a workspace as well, once an hour however many workers there are, and
 * what went out since, scheduled or not: its channels and how many got it. Where Braze refuses, nothing else changes, and
 * the next hour asks again.
 */
export function learningSends(source: SeriesSource, options: SendOptions): SeriesSource {
  const { askSends, isWanted, sends, seen, clock } = options;
  const asked = new Map<string, { readonly hour: number; readonly learned: Promise<void> }>();

  /** All series of an hour wait for one reading: what went out just now decides how they are evaluated. */
  function learn(workspace: string): Promise<void> {
    const hour = hourOf(clock());
    const known = asked.get(workspace);
    if (known?.hour === hour) return known.learned;
    const learned = learnNow(workspace, hour);
    asked.set(workspace, { hour, learned });
    return learned;
  }

  async function learnNow(workspace: string, hour: number): Promise<void> {
    const now = clock();
    try {
      if (!(await seen.isFirst(`sends:${workspace}:${hour}`, HOUR))) return;
      await sends.plan(workspace, await askSends(workspace), now);
      await addUnscheduled(workspace, now, options);
      await describeSends(workspace, now, options);
    } catch {
      // What was known before stays.
    }
  }

  return {
    async points(series, ...span) {
      const reading = source.points(series, ...span);
      const learned = isWanted(series.workspace) && within(learn(series.workspace), WAIT);
      const [points] = await Promise.all([reading, learned]);
      return points;
    },
  };
}

/** Where a key may not list campaigns, or there are few series, what was not scheduled stays unknown. */
async function addUnscheduled(
  workspace: string,
  now: Instant,
  { sends, askLastSends, neighbours }: Pick<SendOptions, "sends" | "askLastSends" | "neighbours">,
): Promise<void> {
  const atMost = Math.min(
    MOST_REQUESTS,
    Math.floor(REQUESTS_A_SERIES * (await neighbours(workspace)).length),
  );
  if (atMost < LEAST_REQUESTS) return;
  const found = await askLastSends(workspace, now - DESCRIBED_FOR, atMost).catch(() => []);
  for (const send of found) await sends.add(send);
}

/** Asks more about what went out in the last hours, the newest first. What Braze refuses stays unknown. */
async function describeSends(
  workspace: string,
  now: Instant,
  { sends, sendFacts }: Pick<SendOptions, "sends" | "sendFacts">,
): Promise<void> {
  const recent = await sends.between(workspace, now - DESCRIBED_FOR, now);
  const unknown = recent.filter(({ channels, audience }) => !channels || !audience).toReversed();
  const ask = sendFacts(workspace);
  for (const send of unknown.slice(0, MOST_DESCRIBED)) {
    const channels = send.channels ?? (await ask.channels(send).catch(() => undefined));
    const audience = send.audience || (await ask.audience(send).catch(() => undefined));
    const described = { ...send, ...(channels && { channels }), ...(audience && { audience }) };
    if (channels || audience) await sends.describe(described);
  }
}
