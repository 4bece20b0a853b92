import { type Instant, SECOND } from "../../src/time/time.ts";
import type { Channel } from "./channel.ts";
import { createEphemerals } from "./ephemerals.ts";
import { createFiles } from "./files.ts";
import type { Pick as Picked } from "./interaction/picks.ts";
import { createResponseUrls } from "./interaction/response-urls.ts";
import { createTriggerIds } from "./interaction/trigger-ids.ts";
import type { Content, SlackMessage } from "./message.ts";
import { type Person, simulatedGroups, simulatedPeople, type UserGroup } from "./people.ts";
import { Refusal } from "./refusal.ts";
import { createViews } from "./views/views.ts";

/** What the simulated workspace holds. */
export type Workspace = ReturnType<typeof createWorkspace>;

export interface WorkspaceOptions {
  readonly channels: readonly Channel[];
  /** @default an owner, two members and two guests */
  readonly people?: readonly Person[];
  readonly groups?: readonly UserGroup[];
  /** What messages are dated by. */
  readonly clock: () => Instant;
  /** What deadlines go by: real time, where messages are not dated by it. */
  readonly wallClock: () => Instant;
  /** How long a trigger id can be used, in milliseconds. @default 3_000 */
  readonly triggerLife?: number;
}

/** Is told of each message that is written, edited or deleted. */
export type MessageReader = (
  message: SlackMessage,
  channelId: string,
  how: { readonly before?: SlackMessage; readonly isDeleted?: true },
) => void;

/** A workspace with its people, its channels and the one bot's messages and views. */
export function createWorkspace(options: WorkspaceOptions) {
  const { channels, people = simulatedPeople, groups = simulatedGroups, clock, wallClock } = options;
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const kept = new Map<string, SlackMessage[]>(channels.map(({ id }) => [id, []]));
  const listeners = new Set<() => void>();
  const files = createFiles();
  const readers = new Set<MessageReader>();
  let lastMicros = 0;

  const reading: MessageReader = (message, channelId, how) => {
    for (const reader of readers) reader(message, channelId, how);
  };

  const changed = () => {
    for (const listener of listeners) listener();
  };

  // Two messages never share a `ts`, and a later one always has the larger.
  const nextTs = (): string => {
    lastMicros = Math.max(Math.floor(clock() * 1_000), lastMicros + 1);
    const digits = String(lastMicros).padStart(16, "0");
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  };

  const messagesIn = (channelId: string): SlackMessage[] => {
    const messages = kept.get(channelId);
    if (!messages) throw new Refusal("channel_not_found");
    return messages;
  };
  const indexOf = (channelId: string, ts: string): number => {
    const index = messagesIn(channelId).findIndex((message) => message.ts === ts);
    if (index < 0) throw new Refusal("message_not_found");
    return index;
  };

  const members = (channel: Channel): readonly string[] =>
    channel.dmWith
      ? [channel.dmWith]
      : (channel.people ?? people.filter(({ guest }) => !guest).map(({ id }) => id));

  return {
    now: clock,
    files,
    people,
    groups,
    person: (id: string): Person | undefined => people.find((person) => person.id === id),
    /** The people who are in a channel, without the bot. */
    members,
    /** The channels that a person sees. */
    channelsOf: (user: string): Channel[] =>
      [...byId.values()].filter((channel) => members(channel).includes(user)),
    ephemerals: createEphemerals(nextTs, changed),
    /** What each person last chose in a message, by who and where: it is shown for as long as the block is the same. */
    chosen: new Map<string, Picked>(),
    views: createViews(wallClock, changed),
    triggers: createTriggerIds(wallClock, options.triggerLife ?? 3 * SECOND),
    responseUrls: createResponseUrls(wallClock),
    /** The direct conversation of a person and the bot, begun where there is none. */
    dm(user: string): Channel {
      const id = `D0${user.slice(2)}`;
      const channel = byId.get(id) ?? { id, name: "directmessage", isPrivate: true, dmWith: user };
      if (!byId.has(id)) {
        byId.set(id, channel);
        kept.set(id, []);
      }
      return channel;
    },
    /** Calls `listener` at every change until what it answers is called. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Calls `reader` for each message. */
    onMessage: (reader: MessageReader): void => void readers.add(reader),
    channels: (): Channel[] => [...byId.values()].filter(({ dmWith }) => !dmWith),
    channel: (idOrName: string): Channel | undefined =>
      byId.get(idOrName) ??
      [...byId.values()].find(({ name, dmWith }) => !dmWith && name === idOrName.replace(/^#/, "")),
    change(id: string, change: Partial<Omit<Channel, "id">>): void {
      const channel = byId.get(id);
      if (!channel) throw new Refusal("channel_not_found");
      byId.set(id, { ...channel, ...change });
      changed();
    },
    /** Roots and replies, oldest first. */
    messages: (channelId: string): readonly SlackMessage[] => [...messagesIn(channelId)],
    message: (channelId: string, ts: string): SlackMessage => messagesIn(channelId)[indexOf(channelId, ts)]!,
    add(
      channelId: string,
      content: Content & Pick<SlackMessage, "threadTs" | "isBroadcast" | "by" | "files">,
    ): SlackMessage {
      const message: SlackMessage = { ...content, ts: nextTs(), before: [] };
      messagesIn(channelId).push(message);
      changed();
      reading(message, channelId, {});
      return message;
    },
    edit(channelId: string, ts: string, content: Partial<Content>): SlackMessage {
      const index = indexOf(channelId, ts);
      const old = messagesIn(channelId)[index]!;
      const { text, blocks, metadata } = old;
      const former: Content = { text, blocks, ...(metadata && { metadata }) };
      const message = { ...old, ...content, editedAt: clock(), before: [...old.before, former] };
      messagesIn(channelId)[index] = message;
      changed();
      reading(message, channelId, { before: old });
      return message;
    },
    remove(channelId: string, ts: string): void {
      const [message] = messagesIn(channelId).splice(indexOf(channelId, ts), 1);
      changed();
      reading(message!, channelId, { isDeleted: true });
    },
  };
}
