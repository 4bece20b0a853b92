import type { Channel } from "./channel.ts";
import type { SlackMessage } from "./message.ts";
import type { Call } from "./method.ts";
import { Refusal } from "./refusal.ts";
import { bot, wireChannel, wireMessage } from "./wire.ts";

/** `conversations.info`. */
export const channelInfo = (call: Call) => ({ channel: wireChannel(visibleChannel(call)) });

/** `conversations.list`: public channels unless asked for others. */
export function channelList({ args, workspace }: Call) {
  const types = String(args.types ?? "public_channel").split(",");
  const channels = workspace.channels().filter(({ isPrivate, isMember, isArchived }) => {
    const isAsked = types.includes(isPrivate ? "private_channel" : "public_channel");
    const isVisible = !isPrivate || isMember !== false;
    return isAsked && isVisible && !(isArchived && String(args.exclude_archived) === "true");
  });
  return { channels: channels.map(wireChannel), response_metadata: { next_cursor: "" } };
}

/** `conversations.members`: the people, and the bot where it was invited. */
export function channelMembers(call: Call) {
  const channel = visibleChannel(call);
  const all = [...call.workspace.members(channel), ...(channel.isMember === false ? [] : [bot.userId])];
  const from = call.args.cursor ? Number(decode(String(call.args.cursor))) : 0;
  if (!Number.isInteger(from)) throw new Refusal("invalid_cursor");
  const to = from + Math.min(Math.max(1, Number(call.args.limit) || 100), 1_000);
  const next = to < all.length ? Buffer.from(String(to)).toString("base64") : "";
  return { members: all.slice(from, to), response_metadata: { next_cursor: next } };
}

/** `conversations.open`: the direct conversation with one person. */
export function openDm({ args, workspace }: Call) {
  const users = String(args.users ?? "")
    .split(",")
    .filter((id) => id !== "");
  if (users.length === 0) throw new Refusal("users_list_not_supplied");
  const person = workspace.person(users[0]!);
  if (users.length > 1 || !person) throw new Refusal("user_not_found");
  if (person.isDeactivated) throw new Refusal("user_disabled");
  const { id } = workspace.dm(person.id);
  return { channel: String(args.return_im) === "true" ? { id, is_im: true, user: person.id } : { id } };
}

/** `conversations.history`: what the channel itself shows, newest first. */
export function history(call: Call) {
  const { id } = memberChannel(call);
  const all = call.workspace.messages(id);
  const shown = all.filter(({ threadTs, isBroadcast }) => !threadTs || isBroadcast).reverse();
  return pageOf(within(shown, call.args), call, 100, (message) => repliesTo(message, all));
}

/** `conversations.replies`: a root message and its replies, oldest first. */
export function replies(call: Call) {
  const { id } = memberChannel(call);
  const all = call.workspace.messages(id);
  const root = all.find(({ ts }) => ts === call.args.ts);
  if (!root) throw new Refusal("thread_not_found");
  const thread = repliesTo(root, all);
  // The root always comes along, whatever the span.
  return pageOf([root, ...within(thread, call.args)], call, 1_000, (message) =>
    message === root ? thread : [],
  );
}

const repliesTo = (root: SlackMessage, all: readonly SlackMessage[]) =>
  all.filter(({ threadTs }) => threadTs === root.ts);

function memberChannel(call: Call): Channel {
  const channel = visibleChannel(call);
  if (channel.isMember === false) throw new Refusal("not_in_channel");
  return channel;
}

function visibleChannel({ args, workspace }: Call): Channel {
  const channel = workspace.channel(String(args.channel));
  if (!channel || (channel.isPrivate && channel.isMember === false)) throw new Refusal("channel_not_found");
  return channel;
}

function within(messages: readonly SlackMessage[], args: Call["args"]): SlackMessage[] {
  const oldest = instantOf(args.oldest, "invalid_ts_oldest", 0);
  const latest = instantOf(args.latest, "invalid_ts_latest", Number.POSITIVE_INFINITY);
  const inclusive = String(args.inclusive ?? false) === "true";
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function instantOf(value: unknown, code: string, otherwise: number): number {
  if (value === undefined || value === "") return otherwise;
  const instant = Number(value);
  if (!Number.isFinite(instant) || instant < 0) throw new Refusal(code);
  return instant;
}

/** One page; the cursor names the place where the next one begins. */
function pageOf(
  messages: readonly SlackMessage[],
  { args }: Call,
  usual: number,
  threadOf: (message: SlackMessage) => readonly SlackMessage[],
) {
  const limit = Math.min(Math.max(1, Number(args.limit) || usual), 999);
  const from = args.cursor ? messages.findIndex(({ ts }) => ts === decode(String(args.cursor))) : 0;
  if (from < 0) throw new Refusal("invalid_cursor");
  const next = messages[from + limit];
  const withMetadata = String(args.include_all_metadata ?? false) === "true";
  return {
    messages: messages
      .slice(from, from + limit)
      .map((message) => wireMessage(message, withMetadata, threadOf(message))),
    has_more: next !== undefined,
    ...(next && { response_metadata: { next_cursor: Buffer.from(next.ts).toString("base64") } }),
  };
}

const decode = (cursor: string) => Buffer.from(cursor, "base64").toString();
