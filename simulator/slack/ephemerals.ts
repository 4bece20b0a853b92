import type { Content, SlackMessage } from "./message.ts";
import { Refusal } from "./refusal.ts";

/** A message that one person sees. */
export interface Ephemeral extends SlackMessage {
  readonly channel: string;
  readonly user: string;
  /** Slack itself says it: something went wrong. */
  readonly bySlack?: boolean;
}

export type Ephemerals = ReturnType<typeof createEphemerals>;

/** The messages "only visible to you". */
export function createEphemerals(nextTs: () => string, changed: () => void) {
  let kept: Ephemeral[] = [];
  return {
    of: (user: string, channel: string): readonly Ephemeral[] =>
      kept.filter((message) => message.user === user && message.channel === channel),
    add(
      place: Pick<Ephemeral, "channel" | "user" | "bySlack">,
      content: Content & Pick<SlackMessage, "threadTs">,
    ): Ephemeral {
      const message = { ...content, ...place, ts: nextTs(), before: [] };
      kept.push(message);
      changed();
      return message;
    },
    edit(ts: string, content: Content): Ephemeral {
      const old = kept.find((message) => message.ts === ts);
      if (!old) throw new Refusal("message_not_found");
      const message = { ...old, ...content };
      kept = kept.map((each) => (each.ts === ts ? message : each));
      changed();
      return message;
    },
    remove(ts: string): void {
      kept = kept.filter((message) => message.ts !== ts);
      changed();
    },
  };
}
