import type { Cause, Member } from "../core/cause.ts";
import { type Decision, decide, isAudible } from "../core/decide.ts";
import type { Incident, Told } from "../core/incident.ts";
import { type Notice, newMembers, noticeOf } from "../core/notice.ts";
import { type GatherDeps, gather, memberOf, membersOf } from "./gather.ts";
import type { Illustrate, MessageRef, Outbox, Renderer, WatchStore } from "./ports.ts";
import { type PostDeps, postOnce } from "./post-once.ts";

export interface NotifyDeps extends PostDeps, GatherDeps {
  readonly watches: Pick<WatchStore, "byId" | "all">;
  readonly outbox: Pick<Outbox, "all" | "remove">;
  readonly renderer: Renderer;
  readonly illustrate: Illustrate;
  /** How long a message is left alone before it is edited again, in milliseconds: Slack counts edits. */
  readonly editEvery: number;
}

/** What was decided of one cause. */
export type Decided = { readonly causeId: string } & Decision;

/** Says what is to be said of the incidents of one room, cause by cause. Reads all afresh and decides at the door. */
export async function notify(room: string, deps: NotifyDeps): Promise<Decided[]> {
  const causes = new Map<string, string[]>();
  for (const [incidentId] of [...(await deps.outbox.all())].filter(([, where]) => where === room)) {
    const member = await memberOf(incidentId, deps);
    if (!member) await deps.outbox.remove(incidentId);
    else if (!member.incident.told && member.muted) await deps.outbox.remove(incidentId);
    else {
      const causeId = await gather(member, deps);
      causes.set(causeId, [...(causes.get(causeId) ?? []), incidentId]);
    }
  }
  const decided: Decided[] = [];
  for (const [causeId, waiting] of causes) decided.push(...(await speak(causeId, waiting, deps)));
  return decided;
}

/** Speaks until there is nothing left to say of a cause, or its message was edited a moment ago. */
async function speak(causeId: string, waiting: readonly string[], deps: NotifyDeps): Promise<Decided[]> {
  const decided: Decided[] = [];
  for (;;) {
    const cause = await causeOf(causeId, deps);
    if (!cause) break;
    const members = await membersOf(cause, deps);
    const decision = decide(cause, members);
    decided.push({ causeId, ...decision });
    if ("stayQuiet" in decision) break;
    // It stays in the outbox, and the next tick looks again.
    if (decision.say === "updated" && isFresh(members, deps)) return decided;

    const watchedApps = await countApps(members, deps.watches);
    const notice = noticeOf(decision.say, cause, members, watchedApps);
    const ref = await say(notice, cause, deps);
    await noteMessage(causeId, ref, deps);
    for (const { incident } of members.filter(isAudible)) await remember(incident, ref, deps);
  }
  for (const incidentId of waiting) await deps.outbox.remove(incidentId);
  return decided;
}

/** A cause with its message, also where a crash kept that from being noted. */
async function causeOf(causeId: string, { causes, ledger }: NotifyDeps): Promise<Cause | undefined> {
  const cause = await causes.byId(causeId);
  if (!cause || cause.ref) return cause;
  const entry = await ledger.entry(causeId);
  return entry?.state === "sent" ? { ...cause, ref: { channel: entry.channel, ts: entry.ts } } : cause;
}

const isFresh = (members: readonly Member[], { clock, editEvery }: NotifyDeps): boolean =>
  members.some(({ incident: { told } }) => told && clock() - told.at < editEvery);

async function countApps([first]: readonly Member[], watches: NotifyDeps["watches"]): Promise<number> {
  const { series, channel } = first!.watch;
  const mates = (await watches.all()).filter(
    (watch) => watch.series.workspace === series.workspace && watch.channel === channel,
  );
  return new Set(mates.map((watch) => watch.series.app ?? "all")).size;
}

/** The root message always shows how things stand; what changed is said in its thread. */
async function say(notice: Notice, cause: Cause, deps: NotifyDeps): Promise<MessageRef> {
  const { channel } = notice.watch;
  const root = await deps.illustrate(deps.renderer.root(notice), notice);
  const ref = cause.ref
    ? (await deps.messenger.update(cause.ref, root, cause.id))
      ? cause.ref
      : undefined
    : await postOnce(channel, root, { messageId: cause.id }, deps);
  // Somebody deleted it: it is posted anew, once for each thing that there is to say.
  const thread =
    ref ?? (await postOnce(channel, root, { messageId: `${cause.id}/again-${newest(notice)}` }, deps));

  for (const [i, reply] of deps.renderer.replies(notice).entries()) {
    const messageId = `${cause.id}/${occasion(notice)}/${i}`;
    const broadcast = notice.reason === "worsened" && i === 0;
    await postOnce(thread.channel, reply, { messageId, thread: thread.ts, broadcast }, deps);
  }
  return thread;
}

const newest = ({ members }: Notice): number =>
  Math.max(...members.map(({ incident }) => incident.lastBucket));

/** Names what is said by what it is said of, so that said again after a crash it has the same name. */
function occasion(notice: Notice): string {
  const { reason, members } = notice;
  switch (reason) {
    case "joined":
      return `joined-${newMembers(notice)[0]?.incident.id}`;
    case "resolved":
      return `resolved-${Math.max(...members.map(({ incident }) => incident.resolvedAt ?? 0))}`;
    case "reopened":
      return `reopened-${Math.max(...members.map(({ incident }) => incident.reopenedAt ?? 0))}`;
    default:
      return reason;
  }
}

/** Notes what was told of an incident; what others wrote in the meantime stays. */
async function remember(said: Incident, ref: MessageRef, { incidents, clock }: NotifyDeps): Promise<void> {
  const told: Told = {
    severity: said.severity,
    resolved: said.resolvedAt !== undefined,
    bucket: said.lastBucket,
    at: clock(),
    ...ref,
  };
  for (;;) {
    const now = await incidents.byId(said.id);
    if (!now || (await incidents.save({ ...now, told }))) return;
  }
}

async function noteMessage(causeId: string, ref: MessageRef, { causes }: NotifyDeps): Promise<void> {
  for (;;) {
    const cause = await causes.byId(causeId);
    if (!cause || cause.ref?.ts === ref.ts) return;
    if (await causes.save({ ...cause, ref })) return;
  }
}
