import type { Send } from "../../series/sends.ts";
import { HOUR, hourOf } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { SeriesSource } from "../ports/braze.ts";

export interface SendOptions extends Pick<Context, "sends" | "seen" | "clock"> {
  /** Reads from Braze what a workspace is about to send. */
  readonly askSends: (workspace: string) => Promise<Send[]>;
  /** The workspaces whose sends are wanted. */
  readonly isWanted: (workspace: string) => boolean;
}

/**
 * A source that reads the calendar of sends of a workspace as well, once an hour however many workers there are. Sends
 * only explain: where Braze refuses them, nothing else changes, and the next hour asks again.
 */
export function learningSends(
  source: SeriesSource,
  { askSends, isWanted, sends, seen, clock }: SendOptions,
): SeriesSource {
  const lastAsked = new Map<string, number>();

  async function learn(workspace: string): Promise<void> {
    const now = clock();
    const hour = hourOf(now);
    if (lastAsked.get(workspace) === hour) return;
    lastAsked.set(workspace, hour);
    try {
      if (!(await seen.isFirst(`sends:${workspace}:${hour}`, HOUR))) return;
      await sends.plan(workspace, await askSends(workspace), now);
    } catch {
      // What was planned before stays.
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
