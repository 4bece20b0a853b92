import type { ConversationsHistoryResponse, WebClient } from "@slack/web-api";
import type { MessageRef } from "../../../pipeline/ports/messages.ts";
import { type Instant, MINUTE } from "../../../time/time.ts";
import { codeOf, slackError } from "./errors.ts";

/** The metadata type of every message from Tidewatch. */
export const EVENT_TYPE = "tidewatch_notice";

/** The message to find, and where. */
export interface Sought {
  readonly channel: string;
  readonly messageId: string;
  readonly since: Instant;
  readonly thread?: string;
}

/** The largest accepted difference between Slack's clock and this machine's. */
const SKEW = 5 * MINUTE;
const PAGE = 200;
/** No channel gets that many messages in so little time. A server that returns more pages never ends. */
const MOST_PAGES = 50;

/** Slack's codes where a bot may post but not read. */
const UNREADABLE = new Set([
  "missing_scope",
  "not_in_channel",
  "no_permission",
  "not_allowed_token_type",
  "access_denied",
  "channel_is_limited_access",
  "method_not_supported_for_channel_type",
]);

/** Finds a message by the id in its metadata, page by page, newest first in a channel. */
export async function findMessage(
  client: WebClient,
  sought: Sought,
): Promise<MessageRef | undefined | "cannot-look"> {
  const { channel, messageId, thread } = sought;
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    let page: ConversationsHistoryResponse;
    try {
      page = await readPage(client, sought, cursor);
    } catch (error) {
      const code = codeOf(error);
      if (code && UNREADABLE.has(code)) return "cannot-look";
      // A reply does not exist without its thread.
      if (code === "thread_not_found") return undefined;
      throw slackError(error, { method: methodFor(thread), channel, readOnly: true });
    }
    // A response without its list is not an empty channel: the message would be posted again.
    if (!Array.isArray(page.messages)) throw unclear(thread, channel);
    const found = page.messages.find((message) => isOurs(message?.metadata, messageId));
    if (found) {
      if (typeof found.ts !== "string" || found.ts === "") throw unclear(thread, channel);
      return { channel, ts: found.ts };
    }
    const next: unknown = page.response_metadata?.next_cursor;
    if (next === undefined || next === null || next === "") return undefined;
    if (typeof next !== "string") throw unclear(thread, channel);
    cursor = next;
  }
  return "cannot-look";
}

const unclear = (thread: string | undefined, channel: string) =>
  slackError(new Error("an answer without what was asked for"), {
    method: methodFor(thread),
    channel,
    readOnly: true,
  });

const methodFor = (thread: string | undefined) =>
  thread ? "conversations.replies" : "conversations.history";

function readPage(client: WebClient, { channel, since, thread }: Sought, cursor: string | undefined) {
  const span = {
    channel,
    oldest: String(Math.max(0, Math.floor((since - SKEW) / 1_000))),
    inclusive: true,
    include_all_metadata: true,
    limit: PAGE,
    ...(cursor && { cursor }),
  };
  return thread ? client.conversations.replies({ ...span, ts: thread }) : client.conversations.history(span);
}

const isOurs = (
  metadata: { event_type?: string; event_payload?: object } | undefined,
  messageId: string,
): boolean =>
  metadata?.event_type === EVENT_TYPE &&
  (metadata.event_payload as { id?: unknown } | undefined)?.id === messageId;
