import type { SlackMessage } from "../../simulator/slack/message.ts";
import type { Instant } from "../../src/time/time.ts";

/** Messages of one channel, and of some when somebody deleted them. */
export interface PostedMessage {
  readonly channel: string;
  readonly messages: readonly SlackMessage[];
  readonly deletedAt?: Instant;
}

/** All messages as people saw them: time, place, last state, and indented threads. */
export function transcriptOf(all: readonly PostedMessage[]): string {
  const roots = all.flatMap(({ channel, messages, deletedAt }) =>
    messages
      .filter(({ threadTs }) => threadTs === undefined)
      .map((root) => ({
        ts: Number(root.ts),
        text: [
          `${clockOf(root)} #${channel}`,
          ...versionsOf(root),
          ...messages.filter(({ threadTs }) => threadTs === root.ts).map(replyLine),
          ...(deletedAt === undefined ? [] : [`  ${timeOf(deletedAt)} somebody deletes it`]),
        ].join("\n"),
      })),
  );
  return `${roots
    .sort((a, b) => a.ts - b.ts)
    .map(({ text }) => text)
    .join("\n\n")}\n`;
}

function versionsOf({ text, before, editedAt }: SlackMessage): string[] {
  const [first] = before;
  if (!first || editedAt === undefined) return [`  ${text}`];
  const edits = before.length === 1 ? "once" : `${before.length} times, at last`;
  return [`  ${first.text}`, `  edited ${edits} ${timeOf(editedAt)}:`, `  ${text}`];
}

const replyLine = (reply: SlackMessage): string =>
  `      ${clockOf(reply)}${reply.isBroadcast ? " (in the channel too)" : ""} ${reply.text}`;

const clockOf = ({ ts }: SlackMessage): string => timeOf(Number(ts) * 1_000);

const dayAndTime = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "short",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

const timeOf = (instant: Instant): string => dayAndTime.format(instant).replace(",", "");
