import { type CheckFailure, gistOf, type HealthIssue } from "../../health/health-issue.ts";
import { DAY, type Instant } from "../../time/time.ts";
import type { MessageRef, Messenger } from "../ports/messages.ts";
import type { OpsRenderer } from "../ports/ops.ts";

export interface OpsAlarmDeps {
  /** One that writes nothing to the store. */
  readonly messenger: Messenger;
  readonly opsRenderer: OpsRenderer;
  readonly channel: string;
  /** Wall-clock time, since Slack's own clock is compared with it. */
  readonly wallClock: () => Instant;
}

/** Tells the ops channel of a health issue that keeps the store from being written: it needs Slack alone. */
export interface OpsAlarm {
  /** Posts it once, and edits the message when it changes. */
  raise(issue: CheckFailure): Promise<void>;
  /** Says that it is over, where it was told by this process or by one that is no more. */
  clear(issue: Pick<CheckFailure, "id" | "kind" | "what">, at: Instant): Promise<void>;
}

/** How far back the message of a process that is no more is looked for. */
const LOOK_BACK = DAY;

/**
 * What was told is kept in memory, and looked for in the channel after a restart: the id of a message that stands is
 * that of the issue, the id of one that is over is another.
 */
export function opsAlarm({ messenger, opsRenderer, channel, wallClock }: OpsAlarmDeps): OpsAlarm {
  const lastNotified = new Map<
    string,
    { readonly ref: MessageRef; readonly gist?: string; readonly issue?: CheckFailure }
  >();

  /** Where the message stands, this process's or that of one before. */
  async function lookFor(id: string) {
    const known = lastNotified.get(id);
    if (known) return known;
    const found = await messenger.find(channel, messageIdOf(id), wallClock() - LOOK_BACK);
    return found && found !== "cannot-look" ? { ref: found } : undefined;
  }

  return {
    async raise(issue) {
      const gist = gistOf(issue);
      const before = await lookFor(issue.id);
      if (before?.gist === gist) return;
      const message = opsRenderer.healthIssue(standing(issue));
      const messageId = messageIdOf(issue.id);
      const isThere = before && (await messenger.update(before.ref, message, messageId));
      const ref = isThere ? before.ref : await messenger.post(channel, message, { messageId });
      lastNotified.set(issue.id, { ref, gist, issue });
    },

    async clear({ id, ...issue }, at) {
      const before = await lookFor(id);
      if (!before) return;
      const since = Number(before.ref.ts) * 1_000;
      const was: CheckFailure = before.issue ?? {
        id,
        ...issue,
        detail: "it is over",
        advice: "",
        since,
        grace: 0,
      };
      const over: HealthIssue = { ...standing(was), overAt: at };
      const messageId = `${messageIdOf(id)}/over`;
      if (await messenger.update(before.ref, opsRenderer.healthIssue(over), messageId))
        await messenger.post(channel, opsRenderer.over(over), { messageId, thread: before.ref.ts });
      lastNotified.delete(id);
    },
  };
}

const standing = (issue: CheckFailure): HealthIssue => ({
  ...issue,
  firstSeen: issue.since,
  lastSeen: issue.since,
});

const messageIdOf = (id: string): string => `ops/${id}`;
