import type { Permalinks } from "../../../pipeline/ports/messages.ts";
import { type ClientOptions, slackClient } from "./client.ts";

/** The maximum number of cached addresses. A message never moves, and Slack limits the requests. */
const MOST_KEPT = 2_000;

/** Asks Slack for the address of a message; undefined when Slack does not return one. */
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
      // A missing link must not block the rest of the message.
      return undefined;
    }
  };
}
