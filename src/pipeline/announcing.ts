import type { Change } from "../core/change.ts";
import { channelsConcerned } from "../core/concerned.ts";
import type { ChangeStore } from "./ports/console.ts";
import type { Message } from "./ports/messages.ts";
import type { WatchStore } from "./ports/watches.ts";
import { type PostDeps, postOnce } from "./post-once.ts";
import type { Ops } from "./tell-ops.ts";

/** Turns a change into the message that tells of it; pure. */
export type ChangeRenderer = (change: Change) => Message;

export interface AnnouncingDeps extends PostDeps {
  readonly changes: ChangeStore;
  readonly watches: Pick<WatchStore, "all">;
  readonly ops: Pick<Ops, "channel">;
  readonly changeRenderer: ChangeRenderer;
}

/** A change in more channels than this is told to the ops channel alone: nobody wants fifty messages of one event. */
const MOST_CHANNELS = 5;

/**
 * Tells a change where it concerns people: who changed what, before and after, with the way back. Once in each channel,
 * whatever fails in between; a change that was undone in the meantime is still told, without the way back.
 */
export async function announce(changeId: string, deps: AnnouncingDeps): Promise<readonly string[]> {
  const { changes, messenger } = deps;
  const change = await changes.byId(changeId);
  const channels = change ? await channelsFor(change, deps) : [];
  for (const channel of channels) {
    const message = deps.changeRenderer(change!);
    const messageId = messageIdOf(changeId, channel);
    const entry = await deps.ledger.entry(messageId);
    // Told before, it is shown as it stands now.
    if (entry?.state === "sent") await messenger.update(entry, message, messageId);
    else await postOnce(channel, message, { messageId }, deps);
  }
  await changes.markAnnounced(changeId);
  return channels;
}

const messageIdOf = (changeId: string, channel: string): string => `change/${changeId}/${channel}`;

async function channelsFor({ changed }: Change, { watches, ops }: AnnouncingDeps): Promise<string[]> {
  const concerned = channelsConcerned(changed, await watches.all());
  if (concerned.length > 0 && concerned.length <= MOST_CHANNELS) return concerned;
  return ops.channel ? [ops.channel] : [];
}
