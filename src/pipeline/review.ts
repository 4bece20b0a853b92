import type { Change, Changed } from "../core/change.ts";
import { type Incident, watchIdOf } from "../core/incident.ts";
import { type Period, type Review, reviewOf, type ToldAt, type WatchedPeriod } from "../core/review.ts";
import { type ReviewTime, reviewDue } from "../core/review-due.ts";
import { seriesId } from "../core/series.ts";
import type { Watch } from "../core/watch.ts";
import { isMuted, type MutesDeps } from "./hush.ts";
import { type LearnDeps, learnableOf } from "./lessons.ts";
import type { AuditStore, Journal } from "./ports/audit.ts";
import type { ChangeStore } from "./ports/console.ts";
import type { IncidentStore } from "./ports/incidents.ts";
import type { Message, Permalinks } from "./ports/messages.ts";
import type { Profiles } from "./ports/profiles.ts";
import type { WatchStore } from "./ports/watches.ts";
import { type PostDeps, postOnce } from "./post-once.ts";

export interface ReviewDeps extends MutesDeps, LearnDeps {
  readonly watches: Pick<WatchStore, "all">;
  readonly incidents: Pick<IncidentStore, "byId" | "since">;
  readonly journal: Pick<Journal, "between">;
  readonly audit: Pick<AuditStore, "decisions" | "verdicts">;
  readonly profiles: Profiles;
  /** Left out: it is not said where incidents can be read. */
  readonly permalinks?: Permalinks;
  /** Left out: what people changed is not counted. */
  readonly changes?: Pick<ChangeStore, "since">;
}

/** Turns reviews into messages; pure. The first is for the channel, the others for its thread. */
export type ReviewRenderer = (review: Review) => Message[];

/** The account of a period: of all that is watched, or of what is told in one channel. */
export async function review(period: Period, deps: ReviewDeps, channel?: string): Promise<Review> {
  const all = (await deps.watches.all()).filter(
    (watch) => (channel === undefined || watch.channel === channel) && watch.createdAt < period.to,
  );
  const watched: WatchedPeriod[] = [];
  for (const watch of all) watched.push(await watchedPeriod(watch, period, deps));
  const ids = new Set(all.map(({ id }) => id));
  const changes = ((await deps.changes?.since(period.from)) ?? []).filter(
    (change) => change.at < period.to && concerns(change, ids),
  );
  const given = reviewOf(period, watched, { changes: changes.length, ...(channel && { channel }) });
  return withAddresses(given, watched, deps);
}

/** Of how many watches, those with most incidents first, and of how many incidents each it is said where to read them. */
const LINKED_WATCHES = 8;
const LINKED_INCIDENTS = 3;

async function withAddresses(
  given: Review,
  watched: readonly WatchedPeriod[],
  { permalinks }: ReviewDeps,
): Promise<Review> {
  if (!permalinks) return given;
  const incidents = new Map(watched.map((one) => [one.watch.id, one.incidents]));
  const watches = await Promise.all(
    given.watches.map(async (watch, i) => {
      if (i >= LINKED_WATCHES || watch.incidents === 0) return watch;
      const told = await addressesOf(incidents.get(watch.watchId) ?? [], given.period, permalinks);
      return { ...watch, ...(told.length > 0 && { told }) };
    }),
  );
  return { ...given, watches };
}

async function addressesOf(
  incidents: readonly Incident[],
  { from, to }: Period,
  permalinks: Permalinks,
): Promise<ToldAt[]> {
  const newest = incidents
    .filter(({ openedAt, told }) => told && openedAt >= from && openedAt < to)
    .toSorted((a, b) => b.openedAt - a.openedAt)
    .slice(0, LINKED_INCIDENTS);
  const found = await Promise.all(
    newest.map(async ({ openedAt, told }) => ({ openedAt, address: await permalinks(told!) })),
  );
  return found.flatMap(({ openedAt, address }) => (address ? [{ openedAt, address }] : []));
}

async function watchedPeriod(watch: Watch, { from, to }: Period, deps: ReviewDeps): Promise<WatchedPeriod> {
  const { journal, audit, incidents } = deps;
  const id = seriesId(watch.series);
  const stored = await learnableOf(id, deps);
  const [entries, decisions, verdicts, known, muted, profileOf] = await Promise.all([
    journal.between(watch.id, from, to - 1),
    audit.decisions(watch.id, from),
    audit.verdicts(watch.id, from, to),
    incidents.since(watch.id, Math.min(from, stored?.history.first ?? from)),
    isMuted(watch, deps),
    deps.profiles(),
  ]);
  return {
    watch,
    incidents: known,
    entries,
    decisions: decisions.filter(({ at }) => at < to),
    verdicts,
    isMuted: muted,
    ...(stored && { past: { ...stored.history, exclusions: stored.exclusions } }),
    profile: profileOf(id),
  };
}

/** Whether a change concerns one of these watches. */
function concerns({ changed }: Change, watchIds: ReadonlySet<string>): boolean {
  const named = watchNamedBy(changed);
  return named === undefined || watchIds.has(named);
}

function watchNamedBy(changed: Changed): string | undefined {
  if (changed.kind === "watch") return changed.watchId;
  if (changed.kind === "label") return watchIdOf(changed.incidentId);
  return changed.kind === "mute" && changed.scope.kind === "watch" ? changed.scope.watch : undefined;
}

export interface TellReviewDeps extends ReviewDeps, PostDeps {
  readonly reviewRenderer: ReviewRenderer;
  readonly reviewing: ReviewTime & { readonly zone: string };
}

/** The channels that are to be told of their watches by now, and were not yet. */
export async function reviewsDue(channels: Iterable<string>, deps: TellReviewDeps): Promise<string[]> {
  const due = reviewDue(deps.clock(), deps.reviewing, deps.reviewing.zone);
  if (!due) return [];
  const all = [...channels];
  const told = await Promise.all(all.map((channel) => deps.ledger.entry(toldId(channel, due.saidOn))));
  return all.filter((_, i) => told[i] === undefined);
}

/** Gives a channel the account of the last week, once. Answers it when it was given just now. */
export async function tellReview(channel: string, deps: TellReviewDeps): Promise<Review | undefined> {
  const due = reviewDue(deps.clock(), deps.reviewing, deps.reviewing.zone);
  if (!due || (await deps.ledger.entry(toldId(channel, due.saidOn)))) return undefined;
  const given = await review(due.period, deps, channel);
  if (given.watches.length > 0) await post(channel, due.saidOn, deps.reviewRenderer(given), deps);
  // Last of all: after a crash before this line, what is not there yet is posted.
  await deps.ledger.save(toldId(channel, due.saidOn), { state: "sent", channel, ts: "0" });
  return given.watches.length > 0 ? given : undefined;
}

async function post(
  channel: string,
  saidOn: string,
  messages: readonly Message[],
  deps: TellReviewDeps,
): Promise<void> {
  const messageId = `review/${channel}@${saidOn}`;
  const [root, ...replies] = messages as [Message, ...Message[]];
  const ref = await postOnce(channel, root, { messageId }, deps);
  for (const [i, reply] of replies.entries())
    await postOnce(channel, reply, { messageId: `${messageId}/${i}`, thread: ref.ts }, deps);
}

const toldId = (channel: string, saidOn: string): string => `review/${channel}@${saidOn}/told`;
