import {
  bucketsOf,
  type DailyStatus,
  dailyStatusOf,
  dayOfStatus,
  type LocalDay,
  type WatchedDay,
} from "../../health/daily-status.ts";
import { isCovered, type Mute } from "../../notifications/mute.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Context } from "../context.ts";
import { postOnce } from "../notifying/idempotent-post.ts";
import { mutesInForce } from "../notifying/suppression.ts";

/** Posts the account of the last full day, once a day. Returns it if it was posted just now. */
export async function reportDailyStatus(
  openIssues: number,
  context: Context,
): Promise<DailyStatus | undefined> {
  const { ops, watches, notificationLog, clock, renderer } = context;
  const due = dayOfStatus(clock(), ops.dailyStatusAt, ops.zone);
  if (!due) return undefined;
  const messageId = `ops/daily-status@${due.notifiedOn}`;
  if ((await notificationLog.entry(messageId))?.state === "sent") return undefined;

  const then = (await watches.all()).filter(({ createdAt }) => createdAt < due.day.to);
  const mutes = await mutesInForce(context);
  const watched: WatchedDay[] = [];
  for (const watch of then) watched.push(await watchedDay(watch, due.day, mutes, context));
  const account = dailyStatusOf(due.day, watched, openIssues);
  if (!account) return undefined;
  const withoutSends = await withoutSendsAmong(then, context);
  const status = { ...account, ...(withoutSends.length > 0 && { withoutSends }) };
  if (ops.channel) await postOnce(ops.channel, renderer.ops.dailyStatus(status), { messageId }, context);
  // Also recorded when it is only logged, so that a restart does not repeat it.
  else await notificationLog.save(messageId, { state: "sent", channel: "log", ts: "0" });
  for (const workspace of withoutSends)
    await notificationLog.save(hintId(workspace), { state: "sent", channel: ops.channel ?? "log", ts: "0" });
  return status;
}

/** The watched workspaces whose calendar of sends was never read, though it is wanted, and of which nobody was told. */
async function withoutSendsAmong(
  watched: readonly Watch[],
  { workspaces, sends, notificationLog }: Pick<Context, "workspaces" | "sends" | "notificationLog">,
): Promise<string[]> {
  const wanted = workspaces.filter(
    ({ name, sends: isWanted }) => isWanted && watched.some(({ series }) => series.workspace === name),
  );
  const missing = await Promise.all(
    wanted.map(
      async ({ name }) => !(await sends.known(name)) && !(await notificationLog.entry(hintId(name))),
    ),
  );
  return wanted.filter((_, i) => missing[i]).map(({ name }) => name);
}

const hintId = (workspace: string): string => `ops/without-sends/${workspace}`;

async function watchedDay(
  watch: Watch,
  day: LocalDay,
  mutes: readonly Mute[],
  { journal, incidents }: Pick<Context, "journal" | "incidents">,
): Promise<WatchedDay> {
  const { unit } = watch.series;
  const buckets = bucketsOf(day, unit);
  const [first, last] = [buckets[0]!, buckets.at(-1)!];
  const [entries, opened] = await Promise.all([
    journal.between(watch.id, first, last),
    incidents.since(watch.id, first),
  ]);
  return {
    unit,
    watchedSince: watch.createdAt,
    entries,
    isMuted: mutes.some(({ scope }) => isCovered(watch, scope)),
    incidents: opened.filter(({ openedAt, retracted }) => openedAt <= last && retracted === undefined).length,
  };
}
