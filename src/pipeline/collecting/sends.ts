import type { Send } from "../../series/sends.ts";
import { HOUR, hourOf, type Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { SendFacts, SeriesSource } from "../ports/braze.ts";

export interface SendOptions extends Pick<Context, "sends" | "seen" | "clock"> {
  /** Reads from Braze what a workspace is about to send. */
  readonly askSends: (workspace: string) => Promise<Send[]>;
  readonly sendFacts: (workspace: string) => SendFacts;
  /** The workspaces whose sends are wanted. */
  readonly isWanted: (workspace: string) => boolean;
}

/** For how long after a send more is asked about it: until an alert may name it. */
const DESCRIBED_FOR = 6 * HOUR;

/** Of so many sends at most more is asked in an hour: two requests each. */
const MOST_DESCRIBED = 5;

/**
 * A source that reads the calendar of sends of a workspace as well, once an hour however many workers there are, and
 * what went out since: its channels and how many got it. Where Braze refuses, nothing else changes, and the next hour
 * asks again.
 */
export function learningSends(source: SeriesSource, options: SendOptions): SeriesSource {
  const { askSends, isWanted, sends, seen, clock } = options;
  const lastAsked = new Map<string, number>();

  async function learn(workspace: string): Promise<void> {
    const now = clock();
    const hour = hourOf(now);
    if (lastAsked.get(workspace) === hour) return;
    lastAsked.set(workspace, hour);
    try {
      if (!(await seen.isFirst(`sends:${workspace}:${hour}`, HOUR))) return;
      await sends.plan(workspace, await askSends(workspace), now);
      await describeSends(workspace, now, options);
    } catch {
      // What was known before stays.
    }
  }

  return {
    async points(series, ...span) {
      const reading = source.points(series, ...span);
      const [points] = await Promise.all([reading, isWanted(series.workspace) && learn(series.workspace)]);
      return points;
    },
  };
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
