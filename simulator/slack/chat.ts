import { areTooLong, blockProblems, filesIn } from "./block-limits.ts";
import type { Channel } from "./channel.ts";
import type { Block, Content, SlackMessage } from "./message.ts";
import type { Call } from "./method.ts";
import { Refusal, refusalWith } from "./refusal.ts";
import { wireMessage } from "./wire.ts";

const LONGEST_EDIT = 4_000;
const LONGEST_POST = 40_000;

/** `chat.postMessage`. */
export function postMessage({ args, workspace, scopes }: Call) {
  const channel = channelToWrite(args.channel, { workspace, scopes });
  if (channel.isArchived) throw new Refusal("is_archived");
  const content = contentOf(args, workspace);
  if (content.text === "" && content.blocks.length === 0) throw new Refusal("no_text");
  const threadTs = args.thread_ts === undefined ? undefined : String(args.thread_ts);
  if (threadTs && !workspace.messages(channel.id).some(({ ts }) => ts === threadTs)) {
    throw new Refusal("thread_not_found");
  }
  const message = workspace.add(channel.id, {
    ...content,
    text: content.text.slice(0, LONGEST_POST),
    ...(threadTs && { threadTs, isBroadcast: isTrue(args.reply_broadcast) }),
  });
  workspace.files.share(filesIn(content.blocks), { channel: channel.id, ts: message.ts });
  const warning = content.text.length > LONGEST_POST ? { warning: "message_truncated" } : {};
  return { channel: channel.id, ts: message.ts, message: wireMessage(message, true), ...warning };
}

/** `chat.postEphemeral`: the channel keeps nothing of it. */
export function postEphemeral({ args, workspace, scopes }: Call) {
  const channel = channelToWrite(args.channel, { workspace, scopes });
  if (channel.isArchived) throw new Refusal("is_archived");
  const user = String(args.user);
  if (!workspace.members(channel).includes(user)) throw new Refusal("user_not_in_channel");
  const content = contentOf(args, workspace);
  if (content.text === "" && content.blocks.length === 0) throw new Refusal("no_text");
  const thread = args.thread_ts === undefined ? {} : { threadTs: String(args.thread_ts) };
  const { ts } = workspace.ephemerals.add({ channel: channel.id, user }, { ...content, ...thread });
  return { message_ts: ts };
}

/** `chat.delete`: only what the bot itself wrote. */
export function deleteMessage({ args, workspace, scopes }: Call) {
  const channel = channelToWrite(args.channel, { workspace, scopes });
  const { ts, by } = workspace.message(channel.id, String(args.ts));
  if (by) throw new Refusal("cant_delete_message");
  workspace.remove(channel.id, ts);
  return { channel: channel.id, ts };
}

/** `chat.update`. */
export function updateMessage({ args, workspace, scopes }: Call) {
  const channel = channelToWrite(args.channel, { workspace, scopes });
  const { ts, by } = workspace.message(channel.id, String(args.ts));
  if (by) throw new Refusal("cant_update_message");
  if (channel.isArchived) throw new Refusal("is_inactive");
  const { text, blocks, metadata } = contentOf(args, workspace);
  if (text === "" && blocks.length === 0) throw new Refusal("no_text");
  if (text.length > LONGEST_EDIT) throw new Refusal("msg_too_long");
  workspace.files.share(filesIn(blocks), { channel: channel.id, ts }, true);
  const message = workspace.edit(channel.id, ts, { text, blocks, ...(metadata && { metadata }) });
  return { channel: channel.id, ts, text, message: wireMessage(message, true) };
}

/** `chat.getPermalink`. */
export function permalink({ args, workspace, url }: Call) {
  const channel = workspace.channel(String(args.channel));
  if (!channel) throw new Refusal("channel_not_found");
  const { ts } = workspace.message(channel.id, String(args.message_ts));
  return { channel: channel.id, permalink: `${url}/archives/${channel.id}/p${ts.replace(".", "")}` };
}

/** A private channel that the bot was not invited to does not even exist for it. */
export function channelToWrite(
  name: unknown,
  { workspace, scopes }: Pick<Call, "workspace" | "scopes">,
): Channel {
  const person = workspace.person(String(name));
  const channel = person ? workspace.dm(person.id) : workspace.channel(String(name));
  if (!channel || (channel.isPrivate && channel.isMember === false)) throw new Refusal("channel_not_found");
  if (channel.isMember === false && !scopes.has("chat:write.public")) throw new Refusal("not_in_channel");
  return channel;
}

/** What a call or an answer says, refused where Slack would. */
export function contentOf(args: Call["args"], { files }: Call["workspace"]): Content {
  const blocks = jsonOf(args.blocks, "invalid_blocks_format") ?? [];
  if (!Array.isArray(blocks)) throw new Refusal("invalid_blocks_format");
  if (areTooLong(blocks)) throw new Refusal("msg_blocks_too_long");
  const problems = blockProblems(blocks);
  if (problems.length > 0) throw refusalWith("invalid_blocks", ...problems);
  if (!filesIn(blocks).every(files.isReady)) throw refusalWith("invalid_blocks", "invalid slack file");
  if (blocks.some((block) => (block as Block).type === "data_visualization") && !files.takesCharts()) {
    throw refusalWith("invalid_blocks", "unsupported type: data_visualization");
  }
  const metadata = metadataOf(args.metadata);
  return { text: String(args.text ?? ""), blocks: blocks as Block[], ...(metadata && { metadata }) };
}

function metadataOf(value: unknown): SlackMessage["metadata"] | undefined {
  const metadata = jsonOf(value, "invalid_metadata_format");
  if (metadata === undefined) return undefined;
  const { event_type: type, event_payload: payload } = metadata as Record<string, unknown>;
  if (typeof type !== "string" || typeof payload !== "object" || payload === null) {
    throw new Refusal("invalid_metadata_format");
  }
  return { event_type: type, event_payload: payload as Record<string, unknown> };
}

/** In a form, what is no text arrives as JSON. */
export function jsonOf(value: unknown, code: string): unknown {
  if (typeof value !== "string") return value ?? undefined;
  if (value === "") return undefined;
  try {
    return JSON.parse(value) ?? undefined;
  } catch {
    throw new Refusal(code);
  }
}

export const isTrue = (value: unknown): boolean => value === true || value === "true" || value === "1";
