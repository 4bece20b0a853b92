import type { Permalinks } from "../../../pipeline/ports/messages.ts";
import { type ClientOptions, slackClient } from "./client.ts";

/** How many addresses are kept: a message never moves, and Slack counts how often it is asked. */
const MOST_KEPT = 2_000;

/** Asks Slack where a message can be read; undefined where it does not say. */
export function slackPermalinks(options: ClientOptions): Permalinks {
  const client = slackClient(options);
  const kept = new Map<string, string>();
  return async ({ channel, ts }) => {
    const name = `${channel} ${ts}`;
    const known = kept.get(name);
    if (known) return known;
    try {
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
      if (!permalink) return undefined;
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(name, permalink);
      return permalink;
    } catch {
      // A link is left out rather than anything else with it.
      return undefined;
    }
  };
}
