import type { Cause, Member } from "../incidents/alert-group.ts";
import { type Decision, decide, isAudible, isAwaited, type Moment } from "../notifications/decide.ts";
import { noticeOf } from "../notifications/notification.ts";
import { concernedBy, decisionsFor } from "../reports/audit.ts";
import { isSame } from "../settings/change.ts";
import { closeUnwatched, hasMoved, type LeavingDeps, leaveFor, noteMoved } from "./leaving.ts";
import { type GatherDeps, gather, memberOf, membersOf } from "./notifying/alert-group.ts";
import { type AdmitDeps, findRoom } from "./notifying/alert-limit.ts";
import { type CircumstancesDeps, circumstancesOf } from "./notifying/context.ts";
import { eachAlone } from "./notifying/each-alone.ts";
import { isPlaceGone, type MoveOnDeps, moveOn } from "./notifying/move-on.ts";
import { leave, recordAll, settle, type Waiting, type WaitingDeps, waitingIn } from "./notifying/outbox.ts";
import { enterDigest, type TellDigestDeps, tellDigest } from "./notifying/overflow.ts";
import { noteMessage, type RememberDeps, remember } from "./notifying/record.ts";
import { type SayDeps, say } from "./notifying/send.ts";
import { type HushOf, hushes } from "./notifying/suppression.ts";
import type { Outbox } from "./ports/incidents.ts";
import type { WatchStore } from "./ports/watches.ts";

export interface NotifyDeps
  extends SayDeps,
    GatherDeps,
    WaitingDeps,
    RememberDeps,
    CircumstancesDeps,
    AdmitDeps,
    MoveOnDeps,
    LeavingDeps,
    TellDigestDeps {
  readonly incidents: GatherDeps["incidents"];
  readonly causes: GatherDeps["causes"];
  readonly watches: Pick<WatchStore, "byId" | "all">;
  readonly outbox: Outbox;
}

/** What was decided of one cause. */
export type Decided = { readonly causeId: string } & Decision;

/** Says what is to be said of the incidents of one room, cause by cause. Reads all afresh and decides at the door. */
export async function notify(room: string, deps: NotifyDeps): Promise<Decided[]> {
  const causes = new Map<string, Waiting>();
  const decided: Decided[] = [];
  const [all, hushOf] = await Promise.all([waitingIn(room, deps), hushes(deps)]);
  for (const [incidentId, entry] of all) {
    const own: Waiting = new Map([[incidentId, entry]]);
    // What left a message has to be taken out of it.
    if (incidentId.startsWith(`${room}@`))
      causes.set(incidentId, new Map([...(causes.get(incidentId) ?? []), ...own]));
    const member = await memberHere(incidentId, hushOf, deps);
    if (!member) {
      if (!causes.has(incidentId)) await leave(own, deps);
    } else if (!member.incident.told && !isAudible(member)) {
      const causeId = member.incident.causeId ?? incidentId;
      decided.push({ causeId, ...decide({}, [member], momentOf(deps)) });
      await settle(room, [member], own, deps);
    } else {
      const causeId = await gather(member, deps);
      causes.set(causeId, new Map([...(causes.get(causeId) ?? []), ...own]));
    }
  }
  // What Slack does not take of one keeps nobody from hearing of the others.
  await eachAlone(causes, async ([causeId, waiting]) => {
    try {
      decided.push(...(await speak(causeId, waiting, deps)));
    } catch (error) {
      if (!isPlaceGone(error) || !(await moveOn(causeId, deps))) throw error;
      const entry = waiting.get(causeId);
      if (entry) await deps.outbox.remove(causeId, entry);
    }
  });
  return decided;
}

/** An incident with its watch, out of the message of another channel, and closed where its watch is gone. */
async function memberHere(incidentId: string, hushOf: HushOf, deps: NotifyDeps): Promise<Member | undefined> {
  const member = await memberOf(incidentId, deps, hushOf);
  if (member && !hasMoved(member)) return member;
  if (member) await leaveFor(member, deps);
  else if (!(await closeUnwatched(incidentId, deps))) return undefined;
  return memberOf(incidentId, deps, hushOf);
}

/** Speaks until there is nothing left to say of a cause, or its message was edited a moment ago. */
async function speak(causeId: string, waiting: Waiting, deps: NotifyDeps): Promise<Decided[]> {
  const decided: Decided[] = [];
  for (;;) {
    const cause = await causeOf(causeId, deps);
    if (!cause) {
      await leave(waiting, deps);
      return decided;
    }
    const members = await membersOf(cause, deps);
    const decision = await withinBudget(decide(cause, members, momentOf(deps)), cause, members, deps);
    decided.push({ causeId, ...decision });
    if ("stayQuiet" in decision) {
      // It stays in the outbox, and the next tick looks again.
      if (decision.digest && !(await tellDigest(decision.digest, causeId, deps))) return decided;
      const unmoved = members.filter(({ incident }) => waiting.has(incident.id)).filter(isAudible);
      if (decided.length === 1) await recordAll(decisionsFor(decision, unmoved, deps.clock()), deps);
      await settle(cause.room, members.filter(isHere), waiting, deps);
      return decided;
    }
    // It stays in the outbox, and the next tick looks again.
    if (
      decision.say === "updated" &&
      isFresh(members, deps) &&
      !members.some(({ incident }) => isAwaited(incident))
    )
      return decided;

    const watchedApps = await countApps(members, deps.watches);
    const notice = noticeOf(decision.say, cause, members, watchedApps);
    const isOver = notice.incident.resolvedAt !== undefined;
    const around = isOver ? {} : { around: await circumstancesOf(notice, deps) };
    const { picture, ...ref } = await say({ ...notice, ...around }, cause, deps);
    await noteMessage(causeId, ref, picture, deps);
    if (cause.picture && picture && !isSame(cause.picture, picture)) deps.discard(cause.picture);
    await recordAll(decisionsFor(decision, concernedBy(decision, members), deps.clock()), deps);
    for (const { incident } of members.filter(isAudible).filter(isHere))
      await remember(incident, ref, decision.say, deps);
    await noteMoved(causeId, members, deps);
  }
}

const momentOf = ({ clock, reminding }: NotifyDeps): Moment => ({ now: clock(), reminding });

/** What is decided once the alert budget was asked for room, where a new message is to be posted. */
async function withinBudget(
  decision: Decision,
  cause: Cause,
  members: readonly Member[],
  deps: NotifyDeps,
): Promise<Decision> {
  if (cause.ref || !("say" in decision)) return decision;
  const audible = members.filter(isAudible);
  const { channel } = audible[0]!.watch;
  const admission = await findRoom(channel, cause, audible, deps);
  if (admission.to === "message") return decision;
  return { stayQuiet: "over-budget", digest: await enterDigest(cause, channel, admission, deps) };
}

/** A cause with its message, also where a crash kept that from being noted. */
async function causeOf(causeId: string, { causes, ledger }: NotifyDeps): Promise<Cause | undefined> {
  const cause = await causes.byId(causeId);
  if (!cause || cause.ref) return cause;
  const entry = await ledger.entry(causeId);
  return entry?.state === "sent" ? { ...cause, ref: { channel: entry.channel, ts: entry.ts } } : cause;
}

/** Whether it is told of here, and not elsewhere by now. */
const isHere = ({ incident }: Member): boolean => incident.unwatched?.movedTo === undefined;

const isFresh = (members: readonly Member[], { clock, editEvery }: NotifyDeps): boolean =>
  members.some(({ incident: { told } }) => told && clock() - told.at < editEvery);

async function countApps([first]: readonly Member[], watches: NotifyDeps["watches"]): Promise<number> {
  const { series, channel } = first!.watch;
  const mates = (await watches.all()).filter(
    (watch) => watch.series.workspace === series.workspace && watch.channel === channel,
  );
  return new Set(mates.map((watch) => watch.series.app ?? "all")).size;
}
