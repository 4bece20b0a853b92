import { PermanentError } from "../../errors.ts";
import { SLACK } from "../../health/checks/slack.ts";
import { alertChannels, placesFor } from "../../settings/affected-channels.ts";
import type { Change } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Context } from "../context.ts";
import { postOnce } from "../notifying/idempotent-post.ts";
import type { ChangeStore } from "../ports/settings.ts";
import { carry } from "./change.ts";

/** Who was notified of the changes, and why others were not. */
export interface Announced {
  readonly channels: readonly string[];
  readonly refused: readonly string[];
}

/**
 * Announces a change, or all changes of an import, where others should see it at once (`placesFor`): who changed what,
 * before and after, with an undo button. Each channel gets it once, also after a crash. A change that was undone
 * meanwhile is announced without the button. First finishes what a crash left undone.
 */
export async function announceChange(changeId: string, context: Context): Promise<Announced> {
  const changes = await batchOf(changeId, context.changes);
  const id = changes[0]?.batch ?? changeId;
  for (const change of changes) await carry(change, context);
  const watches = await context.watches.all();
  const places = placesOf(changes, watches, context.ops.channel);
  const announced =
    places.size > 0 ? await postEverywhere(id, places, watches, context) : { channels: [], refused: [] };
  await context.changes.markAnnounced(id, changes);
  return announced;
}

/** The change with this id and the others of its batch, oldest first. */
async function batchOf(id: string, changes: ChangeStore): Promise<Change[]> {
  const change = await changes.byId(id);
  if (!change?.batch) return change ? [change] : [];
  const since = await changes.since(change.at);
  return since.filter(({ batch }) => batch === change.batch).reverse();
}

/** The changes that cannot be announced now, because an affected channel refuses messages. */
export async function refusedNow(
  changeIds: readonly string[],
  { changes, watches, failures, ops }: Pick<Context, "changes" | "watches" | "ops" | "failures">,
): Promise<ReadonlySet<string>> {
  const known = await failures.all();
  if (known.size === 0 || changeIds.length === 0) return new Set();
  const refusing = new Set([...known.keys(), ...[...known.values()].map(({ refused }) => refused?.place)]);
  const all = await watches.all();
  const isRefused = async (id: string): Promise<boolean> => {
    const places = placesOf(await batchOf(id, changes), all, ops.channel);
    return refusing.has(SLACK) || [...places.keys()].some((channel) => refusing.has(channel));
  };
  const found = await Promise.all(changeIds.map(async (id) => ((await isRefused(id)) ? [id] : [])));
  return new Set(found.flat());
}

/** The changes to announce in each channel. */
function placesOf(
  changes: readonly Change[],
  watches: readonly Watch[],
  ops: string | undefined,
): Map<string, Change[]> {
  const all = changes.flatMap((change) =>
    placesFor(change.changed, watches, ops).map((channel) => ({ channel, change })),
  );
  const places = [...Map.groupBy(all, ({ channel }) => channel)];
  return new Map(places.map(([channel, list]) => [channel, list.map(({ change }) => change)]));
}

/**
 * Announces the changes in each channel, independently of the others. What a channel refuses for good, or no channel is
 * affected by, is announced elsewhere. Any other failure is thrown at the end, so that the job retries. This includes a
 * channel without the bot: only a message that arrives shows that somebody invited it.
 */
async function postEverywhere(
  id: string,
  places: ReadonlyMap<string, readonly Change[]>,
  watches: readonly Watch[],
  context: Context,
): Promise<Announced> {
  const outcomes = await Promise.all(
    [...places].map(async ([channel, changes]) => {
      try {
        await postIn(id, changes, channel, watches, context);
        return { channel, changes };
      } catch (error) {
        return { channel, changes, error };
      }
    }),
  );
  const announced = outcomes.filter((one) => !("error" in one)).map(({ channel }) => channel);
  const failed = outcomes.filter((one) => "error" in one);
  const undelivered = failed.filter(
    ({ error }) => isRefusal(error) || (announced.length === 0 && error instanceof PermanentError),
  );
  const changes = [...new Set(undelivered.flatMap((one) => one.changes))];
  const instead = await postElsewhere(id, changes, [...places.keys()], watches, context);

  const errors: unknown[] = failed.map(({ error }) => error);
  const isUndelivered = announced.length === 0 && !instead;
  const failure = errors.find((error) => isUndelivered || !isRefusal(error));
  if (failure) throw failure;
  const refused = errors.filter(isRefusal).map(({ message, advice }) => `${message}. ${advice}`);
  return { channels: instead ? [...announced, instead] : announced, refused };
}

const isRefusal = (error: unknown): error is PermanentError =>
  error instanceof PermanentError && error.failure === "slack-rejected";

/** Announces changes in the first other channel that accepts them: the ops channel, else the channel of any watch. */
async function postElsewhere(
  id: string,
  changes: readonly Change[],
  but: readonly string[],
  watches: readonly Watch[],
  context: Context,
): Promise<string | undefined> {
  if (changes.length === 0) return undefined;
  const { ops } = context;
  const all = new Set([...(ops.channel ? [ops.channel] : []), ...alertChannels(watches)]);
  const others = [...all].filter((channel) => !but.includes(channel));
  for (const channel of await announcedFirst(id, others, context)) {
    try {
      await postIn(id, changes, channel, watches, context);
      return channel;
    } catch (error) {
      if (!(error instanceof PermanentError)) return undefined;
    }
  }
  return undefined;
}

/** A place where the changes were announced before comes first, so that they are not announced in two places. */
async function announcedFirst(
  id: string,
  channels: readonly string[],
  { notificationLog }: Context,
): Promise<string[]> {
  const entries = await Promise.all(
    channels.map((channel) => notificationLog.entry(messageIdOf(id, channel))),
  );
  const announced = channels.filter((_, i) => entries[i]?.state === "sent");
  return announced.length > 0 ? announced.slice(0, 1) : [...channels];
}

async function postIn(
  id: string,
  changes: readonly Change[],
  channel: string,
  watches: readonly Watch[],
  context: Context,
): Promise<void> {
  const messageId = messageIdOf(id, channel);
  const { renderer, unpinged = async (message) => message } = context;
  const message = await unpinged(renderer.changes(changes, watches));
  const entry = await context.notificationLog.entry(messageId);
  if (entry?.state !== "sent") await postOnce(channel, message, { messageId }, context);
  // An announced change reads differently only after part of it was undone.
  else if (changes.some(({ undone }) => undone)) await context.messenger.update(entry, message, messageId);
}

const messageIdOf = (id: string, channel: string): string => `change/${id}/${channel}`;
