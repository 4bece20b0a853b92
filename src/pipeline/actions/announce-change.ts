import { PermanentError } from "../../errors.ts";
import { channelsConcerned } from "../../settings/affected-channels.ts";
import type { Change } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Ops } from "../health/notify-ops.ts";
import { type PostDeps, postOnce } from "../notifying/idempotent-post.ts";
import type { ChangeStore } from "../ports/console.ts";
import type { Message } from "../ports/messages.ts";
import type { WatchStore } from "../ports/watches.ts";

/** Turns a change into the message that tells of it, by the names of these watches; pure. */
export type ChangeRenderer = (change: Change, watches: readonly Watch[]) => Message;

export interface AnnouncingDeps extends PostDeps {
  readonly changes: ChangeStore;
  readonly watches: Pick<WatchStore, "all">;
  readonly ops: Pick<Ops, "channel">;
  readonly changeRenderer: ChangeRenderer;
}

/** A change in more channels than this is told to the ops channel alone: nobody wants fifty messages of one event. */
const MOST_CHANNELS = 5;

/** Who was told a change, and why others could not be. */
export interface Announced {
  readonly channels: readonly string[];
  readonly refused: readonly string[];
}

/**
 * Tells a change where it concerns people: who changed what, before and after, with the way back. Once in each channel,
 * whatever fails in between; a change that was undone in the meantime is still told, without the way back.
 */
export async function announce(changeId: string, deps: AnnouncingDeps): Promise<Announced> {
  const { changes } = deps;
  const change = await changes.byId(changeId);
  const announced = change ? await tellOf(change, deps) : { channels: [], refused: [] };
  await changes.markAnnounced(changeId, change?.undone !== undefined);
  return announced;
}

async function tellOf(change: Change, deps: AnnouncingDeps): Promise<Announced> {
  const watches = await deps.watches.all();
  const message = deps.changeRenderer(change, watches);
  return tellAll(change, message, channelsFor(change, watches, deps.ops), deps);
}

/**
 * Tells each channel, whatever becomes of the others. What Slack never takes is told the ops channel instead; everything
 * else is thrown in the end, so that it is tried again: also where the bot is not in a channel, since only a message
 * that arrives shows that somebody let it in.
 */
async function tellAll(
  change: Change,
  message: Message,
  channels: readonly string[],
  deps: AnnouncingDeps,
): Promise<Announced> {
  const outcomes = await Promise.allSettled(channels.map((channel) => tell(change, message, channel, deps)));
  const errors: unknown[] = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const refusals = errors.filter(isRefusal);
  if (refusals.length < errors.length) throw errors.find((error) => !isRefusal(error));

  const told = channels.filter((_, i) => outcomes[i]?.status === "fulfilled");
  const refused = refusals.map(({ message, advice }) => `${message}. ${advice}`);
  const { ops } = deps;
  if (refused.length === 0 || !ops.channel || channels.includes(ops.channel))
    return { channels: told, refused };
  const instead = await tellAll(change, message, [ops.channel], deps);
  return { channels: [...told, ...instead.channels], refused: [...refused, ...instead.refused] };
}

const isRefusal = (error: unknown): error is PermanentError =>
  error instanceof PermanentError && error.trouble === "slack-rejected";

async function tell(change: Change, message: Message, channel: string, deps: AnnouncingDeps): Promise<void> {
  const messageId = messageIdOf(change.id, channel);
  const entry = await deps.ledger.entry(messageId);
  if (entry?.state !== "sent") await postOnce(channel, message, { messageId }, deps);
  // Told before, it reads differently only once it is undone.
  else if (change.undone) await deps.messenger.update(entry, message, messageId);
}

const messageIdOf = (changeId: string, channel: string): string => `change/${changeId}/${channel}`;

function channelsFor({ changed }: Change, watches: readonly Watch[], ops: AnnouncingDeps["ops"]): string[] {
  const concerned = channelsConcerned(changed, watches);
  if (concerned.length > 0 && concerned.length <= MOST_CHANNELS) return concerned;
  return ops.channel ? [ops.channel] : [];
}
