import { dayOfStatus } from "../../health/daily-status.ts";
import { dailyPlacesFor } from "../../settings/affected-channels.ts";
import type { Change } from "../../settings/change.ts";
import type { Context } from "../context.ts";
import { postOnce } from "../notifying/idempotent-post.ts";

/** The changes of settings to list in a channel, once a day. */
export interface DailyChanges {
  readonly channel: string;
  readonly messageId: string;
  /** Oldest first. */
  readonly changes: readonly Change[];
}

/** The lists of the last full day that are due and not posted yet. With an ops channel, changes are announced there. */
export async function dailyChangesDue(context: Context): Promise<DailyChanges[]> {
  const { ops, clock, changes, watches, notificationLog } = context;
  const due = ops.channel ? undefined : dayOfStatus(clock(), ops.dailyStatusAt, ops.zone);
  if (!due) return [];
  const [since, all] = await Promise.all([changes.since(due.day.from), watches.all()]);
  const made = since.filter(({ at, undone }) => at < due.day.to && !undone).reverse();
  const placed = made.flatMap((change) =>
    dailyPlacesFor(change.changed, all).map((channel) => ({ channel, change })),
  );
  const lists = [...Map.groupBy(placed, ({ channel }) => channel)].map(([channel, its]) => ({
    channel,
    messageId: `changes/${channel}@${due.notifiedOn}`,
    changes: its.map(({ change }) => change),
  }));
  const entries = await Promise.all(lists.map(({ messageId }) => notificationLog.entry(messageId)));
  return lists.filter((_, i) => entries[i]?.state !== "sent");
}

/** Lists the changes of the last full day in a channel. Returns how many there were. */
export async function listChanges(channel: string, context: Context): Promise<number> {
  const { renderer, unpinged = async (message) => message } = context;
  const list = (await dailyChangesDue(context)).find((one) => one.channel === channel);
  if (!list) return 0;
  const message = renderer.dailyChanges(list.changes, await context.watches.all());
  await postOnce(channel, await unpinged(message), { messageId: list.messageId }, context);
  return list.changes.length;
}
