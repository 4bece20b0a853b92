import type { Cause, Member } from "../../incidents/alert-group.ts";
import type { Admission } from "../../notifications/alert-limit.ts";
import { isAudible } from "../../notifications/decide.ts";
import { type Digest, type DigestEntry, digestNotice, enter } from "../../notifications/overflow.ts";
import { MINUTE } from "../../time/time.ts";
import { amend } from "../amend.ts";
import type { DigestRenderer, DigestStore } from "../ports/budget.ts";
import type { Message, MessageRef } from "../ports/messages.ts";
import { type GatherDeps, membersOf } from "./alert-group.ts";
import { type PostDeps, postOnce, replyOnce } from "./idempotent-post.ts";
import { type RememberDeps, remember } from "./record.ts";

export interface TellDigestDeps extends PostDeps, RememberDeps, GatherDeps {
  readonly incidents: GatherDeps["incidents"];
  readonly causes: GatherDeps["causes"];
  readonly digests: DigestStore;
  readonly digestRenderer: DigestRenderer;
  /** How long a message is left alone before it is edited again, in milliseconds: Slack counts edits. */
  readonly editEvery: number;
}

/** Notes that a digest tells of a cause, on both. Safe to repeat. */
export async function enterDigest(
  cause: Cause,
  channel: string,
  { digestId, spending, reached }: Extract<Admission, { to: "digest" }>,
  deps: TellDigestDeps,
): Promise<string> {
  // What one digest told of once, it goes on telling.
  const id = cause.digestId ?? digestId;
  const since = spending.digest?.since ?? deps.clock();
  await enterOnce(begin(id, channel, since), { causeId: cause.id, reached }, deps);
  await amend(deps.causes, cause.id, (now) => (now.digestId === id ? now : { ...now, digestId: id }));
  return id;
}

const begin = (id: string, channel: string, since: number): Digest => ({
  id,
  channel,
  since,
  entries: [],
  version: 0,
});

/**
 * Says in a digest how a cause stands, and with it all the others there: one message, edited in place; what is added is
 * listed in its thread. Answers false when the message was edited a moment ago and nothing was added, or somebody else is
 * about to post it.
 */
export async function tellDigest(digestId: string, causeId: string, deps: TellDigestDeps): Promise<boolean> {
  const digest = await deps.digests.byId(digestId);
  if (!digest) return true;
  const causes = await causesOf(digest, deps);
  const own = causes.find(({ cause }) => cause.id === causeId)?.members.filter(isAudible) ?? [];
  const isNew = own.some(({ incident }) => !incident.told);
  if (!isNew && isFresh(digest, deps)) return false;

  const notice = digestNotice(digest, causes, causeId);
  const root = deps.digestRenderer.root(notice);
  const ref = digest.ref
    ? await edit({ ...digest, ref: digest.ref }, root, deps)
    : await post(digest, root, deps);
  if (!ref) return false;
  const newest = notice.added[0]?.incident.id;
  for (const [i, reply] of deps.digestRenderer.replies(notice).entries()) {
    const messageId = `${digest.id}/${newest}/${i}`;
    await replyOnce(ref, reply, { messageId }, deps);
  }
  await amend(deps.digests, digestId, (now) => ({ ...now, ref, editedAt: deps.clock() }));
  for (const { incident } of own) await remember(incident, ref, "opened", deps);
  // The edit shows how all the others stand, too.
  const others = causes.filter(({ cause }) => cause.id !== causeId && !cause.ref);
  for (const { incident } of others.flatMap(({ members }) => members.filter(isAudible)))
    if (incident.told) await remember(incident, ref, "updated", deps);
  return true;
}

/** How long one who is about to post a digest keeps others from it; a crash may have ended them. */
const TURN = MINUTE;

/** Posts a digest, unless a worker that tells another room of the channel is at it. */
async function post(digest: Digest, message: Message, deps: TellDigestDeps): Promise<MessageRef | undefined> {
  const { id, channel, posting } = digest;
  const now = deps.clock();
  if (posting !== undefined && now - posting < TURN) return undefined;
  if (!(await deps.digests.save({ ...digest, posting: now }))) return undefined;
  try {
    return await postOnce(channel, message, { messageId: id }, deps);
  } catch (error) {
    await amend(deps.digests, id, ({ posting: _, ...rest }) => rest);
    throw error;
  }
}

async function edit(
  { id, channel, ref }: Digest & { ref: MessageRef },
  message: Message,
  deps: TellDigestDeps,
): Promise<MessageRef> {
  if (await deps.messenger.update(ref, message, id)) return ref;
  // Somebody deleted it: it is posted anew, once for each message that was lost.
  return postOnce(channel, message, { messageId: `${id}/again-${ref.ts}` }, deps);
}

const isFresh = ({ editedAt }: Digest, { clock, editEvery }: TellDigestDeps): boolean =>
  editedAt !== undefined && clock() - editedAt < editEvery;

async function causesOf(
  { entries }: Digest,
  deps: TellDigestDeps,
): Promise<{ cause: Cause; members: Member[] }[]> {
  const causes = await Promise.all(entries.map(({ causeId }) => deps.causes.byId(causeId)));
  return Promise.all(
    causes
      .filter((cause) => cause !== undefined)
      .map(async (cause) => ({ cause, members: await membersOf(cause, deps) })),
  );
}

/** Enters a cause in a digest, which may be the first there. */
async function enterOnce(
  begun: Digest,
  entry: DigestEntry,
  { digests }: Pick<TellDigestDeps, "digests">,
): Promise<void> {
  for (;;) {
    const before = await digests.byId(begun.id);
    const after = enter(before ?? begun, entry);
    if (after === before || (await digests.save(after))) return;
  }
}
