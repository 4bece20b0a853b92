import type { Cause } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { isReminder, isWorse, type NoticeReason } from "../../notifications/decide.ts";
import { type Notice, newMembers } from "../../notifications/notification.ts";
import type { Instant } from "../../time/time.ts";
import type { Posted, Renderer } from "../ports/messages.ts";
import type { Illustrate } from "../ports/pictures.ts";
import { type DiscardDeps, imageIn, orDiscard } from "./discard.ts";
import { type PostDeps, postOnce, replyOnce } from "./idempotent-post.ts";

/**
 * How newer pictures of an incident reach people: in its thread, when it gets worse and at its end, or in each edit of
 * its message.
 */
export type NewPictures = "thread" | "edit";

export interface SayDeps extends PostDeps, DiscardDeps {
  readonly renderer: Renderer;
  readonly illustrate: Illustrate;
  /** @default "thread": Slack shows no image in an edit that it has not shown in a message before */
  readonly newPictures?: NewPictures;
}

/** The root message always shows how things stand; what changed is said in its thread. */
export async function say(notice: Notice, cause: Cause, deps: SayDeps): Promise<Posted> {
  const root = await sayRoot(notice, cause, deps);
  const isNewer = cause.ref && (notice.reason === "worsened" || notice.reason === "resolved");
  const isShown = isNewer && deps.newPictures !== "edit";
  for (const part of await partsOf(notice, cause, deps))
    for (const [i, reply] of deps.renderer.replies(part).entries()) {
      const messageId = nameOf(cause, occasion(part), i);
      const broadcast = isForAll(notice.reason) && i === 0;
      const shown = isShown && i === 0 ? await deps.illustrate(reply, part) : reply;
      await orDiscard(shown, deps, () => replyOnce(root, shown, { messageId, broadcast }, deps));
    }
  return root;
}

async function sayRoot(notice: Notice, cause: Cause, deps: SayDeps): Promise<Posted> {
  const { channel } = notice.watch;
  const keepsPicture = cause.ref && deps.newPictures !== "edit";
  const known = cause.picture ? [cause.picture] : [];
  const root = await deps.illustrate(deps.renderer.root(notice), notice, keepsPicture ? known : undefined);
  const editOrPost = async (): Promise<Posted> => {
    if (!cause.ref) return postOnce(channel, root, { messageId: cause.id }, deps);
    const picture = keepsPicture ? cause.picture : imageIn(root);
    if (await deps.messenger.update(cause.ref, root, cause.id))
      return { ...cause.ref, ...(picture && { picture }) };
    // Somebody deleted it: what nobody watches any more is not posted anew.
    if (notice.members.every(({ incident }) => incident.unwatched)) return cause.ref;
    // All else is, once for each thing that there is to say.
    return postOnce(channel, root, { messageId: `${cause.id}/again-${newest(notice)}` }, deps);
  };
  return keepsPicture ? editOrPost() : orDiscard(root, deps, editOrPost);
}

const nameOf = ({ id }: Pick<Cause, "id">, occasion: string, i: number): string => `${id}/${occasion}/${i}`;

/** Those who joined since a crash came between saying and noting are said apart from those who were said before it. */
async function partsOf(notice: Notice, cause: Cause, { ledger }: Pick<SayDeps, "ledger">): Promise<Notice[]> {
  if (notice.reason !== "joined") return [notice];
  const joined = newMembers(notice);
  const begun = await Promise.all(
    joined.map(({ incident }) => ledger.entry(nameOf(cause, joinedUpTo(incident), 0))),
  );
  const lastSaid = begun.findLastIndex((entry) => entry !== undefined);
  const parts = [joined.slice(0, lastSaid + 1), joined.slice(lastSaid + 1)].filter(
    ({ length }) => length > 0,
  );
  const known = notice.members.filter(({ incident }) => incident.told);
  return parts.map((part) => ({ ...notice, members: [...known, ...part] }));
}

const joinedUpTo = ({ id }: Incident): string => `joined-${id}`;

// What must not be overlooked is shown in the channel, too.
const isForAll = (reason: NoticeReason): boolean =>
  reason === "worsened" || reason === "reopened" || isReminder(reason);

// After a crash some members may know of a reminder and others not: the oldest word names it still.
const lastWord = (members: Notice["members"]): Instant =>
  Math.min(
    ...members.map(({ incident: { told, resolvedAt } }) =>
      told && resolvedAt === undefined ? (told.saidAt ?? told.at) : Number.POSITIVE_INFINITY,
    ),
  );

const newest = ({ members }: Notice): number =>
  Math.max(...members.map(({ incident }) => incident.lastBucket));

/** Names what is said by what it is said of, so that said again after a crash it has the same name. */
function occasion(notice: Notice): string {
  const { reason, members } = notice;
  switch (reason) {
    case "joined":
      return joinedUpTo(newMembers(notice).at(-1)!.incident);
    case "worsened":
      return `worsened-${members.find(({ incident }) => isWorse(incident))?.incident.id}`;
    case "resolved":
      return `resolved-${Math.max(...members.map(({ incident }) => incident.resolvedAt ?? 0))}`;
    case "retracted":
      return `retracted-${Math.max(...members.map(({ incident }) => incident.retracted ?? 0))}`;
    case "reopened":
      return `reopened-${Math.max(...members.map(({ incident }) => incident.reopenedAt ?? 0))}`;
    case "unmuted":
      return `unmuted-${Math.max(...members.map(({ incident }) => incident.withheld?.at ?? 0))}`;
    case "labelled":
      return `labelled-${Math.max(...members.map(({ incident }) => labelledAt(incident)))}`;
    case "reminder":
    case "last-reminder":
      return `reminder-${lastWord(members)}`;
    default:
      return reason;
  }
}

// A label that was taken back is named by itself, so that its like can be taken back again.
const labelledAt = ({ labelled, told }: Incident): number => labelled?.at ?? -(told?.labelled?.at ?? 0);
