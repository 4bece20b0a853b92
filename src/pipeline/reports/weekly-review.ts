import type { SeriesProfile } from "../../detector/detector.ts";
import { isCovered } from "../../notifications/mute.ts";
import { reviewDue } from "../../reports/review-due.ts";
import type { Period } from "../../reports/totals.ts";
import {
  begunIn,
  countCauses,
  inBuckets,
  type Review,
  type ReviewedIncident,
  reviewOf,
  type WatchedPeriod,
} from "../../reports/weekly-review.ts";
import { historySpan } from "../../series/due.ts";
import { canMove } from "../../series/product-changes.ts";
import type { Send } from "../../series/sends.ts";
import { seriesId } from "../../series/series.ts";
import { affectedChannels } from "../../settings/affected-channels.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Instant } from "../../time/time.ts";
import { unlessDamaged } from "../collecting/unless-damaged.ts";
import type { Context } from "../context.ts";
import { postOnce, replyOnce } from "../notifying/idempotent-post.ts";
import { mutesInForce } from "../notifying/suppression.ts";
import type { Message } from "../ports/messages.ts";
import { withChart } from "./review-chart.ts";

/** Of how many watches the records are read at once: in between, others are answered. */
const AT_ONCE = 50;

/** The review of a period: of all watches, or of those that post in one channel. */
export async function review(period: Period, context: Context, channel?: string): Promise<Review> {
  return (await reviewed(period, context, channel)).review;
}

async function reviewed(period: Period, context: Context, channel?: string) {
  const all = (await context.watches.all()).filter(
    (watch) => (channel === undefined || watch.channel === channel) && watch.createdAt < period.to,
  );
  const [mutes, profileOf] = await Promise.all([mutesInForce(context), context.profiles()]);
  const sendsOf = await sendsBy(period.to, context);
  const watchedOf = async (watch: Watch): Promise<WatchedPeriod> => {
    const isMuted = mutes.some(({ scope }) => isCovered(watch, scope));
    const profile = profileOf(seriesId(watch.series));
    const sends = sendsOf.get(watch.series.workspace);
    const past = await pastOf(watch, period, profile, context);
    return { watch, isMuted, profile, ...past, ...(sends && { sends }) };
  };
  const watched: WatchedPeriod[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE)
    watched.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(watchedOf))));
  const changes = ((await context.changes?.since(period.from)) ?? []).filter(
    ({ at, changed }) =>
      at < period.to &&
      changed.kind !== "product-change" &&
      (channel === undefined || affectedChannels(changed, all).includes(channel)),
  );
  const productChanges = (await context.productChanges.all()).filter(
    (change) =>
      change.time >= period.from &&
      change.time < period.to &&
      all.some(({ series }) => canMove(change, series)),
  );
  const groups = new Set(
    watched.flatMap((one) => begunIn(period, one).flatMap(({ alertGroupId }) => alertGroupId ?? [])),
  );
  const causes = countCauses(groups, await context.breakdowns.causes([...groups]));
  const given = reviewOf(period, watched, {
    changes: changes.length,
    productChanges,
    ...(causes && { causes }),
    ...(channel && { channel }),
  });
  return { review: await withAddresses(given, context), watched };
}

/** What each workspace sent until an instant, as far as its history reaches back. */
async function sendsBy(
  to: Instant,
  { workspaces, sends }: Pick<Context, "workspaces" | "sends">,
): Promise<Map<string, readonly Send[]>> {
  const sending = workspaces.filter((workspace) => workspace.sends);
  const lists = await Promise.all(
    sending.map(({ name }) => sends.between(name, to - historySpan("hour"), to)),
  );
  return new Map(sending.map(({ name }, i) => [name, lists[i]!]));
}

/** The same, with the addresses of the messages of the incidents it names. */
async function withAddresses(given: Review, { permalinks }: Context): Promise<Review> {
  const withAddress = async (one: ReviewedIncident): Promise<ReviewedIncident> => {
    const { lastNotified } = one.incident;
    const address = lastNotified && (await permalinks(lastNotified));
    return { ...one, ...(address && { address }) };
  };
  const [biggest, unlabelled] = await Promise.all(
    [given.biggest, given.unlabelled].map((incidents) => Promise.all(incidents.map(withAddress))),
  );
  return { ...given, biggest: biggest!, unlabelled: unlabelled! };
}

/** The records of a watch over a period. */
async function pastOf(
  watch: Watch,
  period: Period,
  profile: SeriesProfile,
  context: Context,
): Promise<Omit<WatchedPeriod, "watch" | "isMuted" | "profile">> {
  const { journal, audit, incidents, series, exclusions } = context;
  const id = seriesId(watch.series);
  const { from, to } = inBuckets(period, profile);
  const oldest = period.to - historySpan(watch.series.unit);
  const [stored, excluded, entries, decisions, verdicts, known] = await Promise.all([
    unlessDamaged(() => series.readHistory(id)),
    exclusions.of(id),
    journal.between(watch.id, from, to - 1),
    audit.decisions(watch.id, period.from),
    audit.verdicts(watch.id, from, to),
    incidents.since(watch.id, oldest),
  ]);
  return {
    incidents: known.filter(
      ({ retracted, openedAt }) =>
        retracted === undefined && openedAt >= Math.min(from, stored?.history.first ?? from),
    ),
    entries,
    decisions: decisions.filter(({ at }) => at < period.to),
    verdicts,
    ...(stored && { past: { ...stored.history, exclusions: excluded } }),
  };
}

/** The channels whose weekly review is due and not posted yet. */
export async function reviewsDue(context: Context): Promise<string[]> {
  const due = reviewDue(context.clock(), context.reviewing, context.reviewing.zone);
  if (!due) return [];
  const all = [...new Set((await context.watches.all()).map(({ channel }) => channel))];
  const lastNotified = await Promise.all(
    all.map((channel) => context.notificationLog.entry(notifiedId(channel, due.notifiedOn))),
  );
  return all.filter((_, i) => lastNotified[i] === undefined);
}

/** Posts the review of the last week in a channel, once. Returns it if it was posted just now. */
export async function notifyReview(channel: string, context: Context): Promise<Review | undefined> {
  const due = reviewDue(context.clock(), context.reviewing, context.reviewing.zone);
  if (!due || (await context.notificationLog.entry(notifiedId(channel, due.notifiedOn)))) return undefined;
  const { review: given, watched } = await reviewed(due.period, context, channel);
  if (given.watches.length > 0) {
    const [root, ...replies] = context.renderer.review(given);
    const shown = await withChart(root!, given, watched, context);
    await post(channel, due.notifiedOn, [shown, ...replies], context);
  }
  // Written last: after a crash before this line, the missing messages are posted.
  await context.notificationLog.save(notifiedId(channel, due.notifiedOn), {
    state: "sent",
    channel,
    ts: "0",
  });
  return given.watches.length > 0 ? given : undefined;
}

async function post(
  channel: string,
  notifiedOn: string,
  messages: readonly Message[],
  context: Context,
): Promise<void> {
  const messageId = `review/${channel}@${notifiedOn}`;
  const [root, ...replies] = messages as [Message, ...Message[]];
  const ref = await postOnce(channel, root, { messageId }, context);
  for (const [i, reply] of replies.entries())
    await replyOnce({ ...ref, channel }, reply, { messageId: `${messageId}/${i}` }, context);
}

const notifiedId = (channel: string, notifiedOn: string): string =>
  `review/${channel}@${notifiedOn}/notified`;
