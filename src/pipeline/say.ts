import type { Cause } from "../core/cause.ts";
import { isReminder, isWorse, type NoticeReason } from "../core/decide.ts";
import type { Incident } from "../core/incident.ts";
import { type Notice, newMembers } from "../core/notice.ts";
import type { Instant } from "../core/time.ts";
import type { MessageRef, Renderer } from "./ports/messages.ts";
import type { Illustrate } from "./ports/pictures.ts";
import { type PostDeps, postOnce } from "./post-once.ts";

export interface SayDeps extends PostDeps {
  readonly renderer: Renderer;
  readonly illustrate: Illustrate;
}

/** The root message always shows how things stand; what changed is said in its thread. */
export async function say(notice: Notice, cause: Cause, deps: SayDeps): Promise<MessageRef> {
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
    const broadcast = isForAll(notice.reason) && i === 0;
    await postOnce(thread.channel, reply, { messageId, thread: thread.ts, broadcast }, deps);
  }
  return thread;
}

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
      return `joined-${newMembers(notice)[0]?.incident.id}`;
    case "worsened":
      return `worsened-${members.find(({ incident }) => isWorse(incident))?.incident.id}`;
    case "resolved":
      return `resolved-${Math.max(...members.map(({ incident }) => incident.resolvedAt ?? 0))}`;
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
