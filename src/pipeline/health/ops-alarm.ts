import type { CheckFailure } from "../../health/checks.ts";
import { gistOf, type HealthIssue } from "../../health/health-issue.ts";
import { DAY, type Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { MessageRef } from "../ports/messages.ts";

export type OpsAlarmOptions = Pick<Context, "messenger" | "renderer" | "wallClock"> & {
  readonly channel: string;
};

/** Notifies the ops channel of a health issue that blocks writes to the store; needs Slack alone. */
export interface OpsAlarm {
  /** Posts it once, and edits the message when it changes. */
  raise(issue: CheckFailure): Promise<void>;
  /** Posts the end, if this process or an earlier one posted the issue. */
  clear(issue: Pick<CheckFailure, "id" | "kind" | "what">, at: Instant): Promise<void>;
}

/** How far back to look for the message of an earlier process. */
const LOOK_BACK = DAY;

/**
 * Keeps in memory what it posted, and looks in the channel after a restart. An open message has the id of the issue; a
 * resolved one has another.
 */
export function opsAlarm({ messenger, renderer, channel, wallClock }: OpsAlarmOptions): OpsAlarm {
  const posted = new Map<
    string,
    { readonly ref: MessageRef; readonly gist?: string; readonly issue?: CheckFailure }
  >();

  /** The message that this process or an earlier one posted. */
  async function lookFor(id: string) {
    const known = posted.get(id);
    if (known) return known;
    const found = await messenger.find(channel, messageIdOf(id), wallClock() - LOOK_BACK);
    return found && found !== "cannot-look" ? { ref: found } : undefined;
  }

  return {
    async raise(issue) {
      const gist = gistOf(issue);
      const before = await lookFor(issue.id);
      if (before?.gist === gist) return;
      const message = renderer.ops.healthIssue(asOpen(issue));
      const messageId = messageIdOf(issue.id);
      const isThere = before && (await messenger.update(before.ref, message, messageId));
      const ref = isThere ? before.ref : await messenger.post(channel, message, { messageId });
      posted.set(issue.id, { ref, gist, issue });
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
      const over: HealthIssue = { ...asOpen(was), overAt: at };
      const messageId = `${messageIdOf(id)}/over`;
      if (await messenger.update(before.ref, renderer.ops.healthIssue(over), messageId))
        await messenger.post(channel, renderer.ops.over(over), { messageId, thread: before.ref.ts });
      posted.delete(id);
    },
  };
}

const asOpen = (issue: CheckFailure): HealthIssue => ({
  ...issue,
  firstSeen: issue.since,
  lastSeen: issue.since,
});

const messageIdOf = (id: string): string => `ops/${id}`;
