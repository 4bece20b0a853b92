import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { warnedAnswer } from "../../../src/adapters/slack/commands/change.ts";
import type { Changed } from "../../../src/settings/change.ts";
import type { SlackContext } from "../desk.ts";
import { messageOf } from "../failure.ts";

/** What keeps a channel from being told, for whoever has just saved a watch of it; nothing where that cannot be seen. */
export async function channelIssueIn(
  channel: string,
  { bot, log }: SlackContext,
): Promise<string | undefined> {
  try {
    return await bot.channelIssue(channel);
  } catch (error) {
    log.debug({ channel, error: messageOf(error) }, "console.channel-unseen");
    return undefined;
  }
}

/** An answer about a watch, with what keeps its channel from being told. */
export async function withChannelIssue(
  answer: Answer,
  channel: string,
  context: SlackContext,
): Promise<Answer> {
  const channelIssue = await channelIssueIn(channel, context);
  return channelIssue ? warnedAnswer(answer, channelIssue) : answer;
}

/** Slack lets fifty channels a minute be looked at; what fits on a screen of these is said. */
const MOST_CHANNELS = 10;

/** What keeps the channels of watches that were changed from being told. */
export async function channelIssuesOf(changes: readonly Changed[], context: SlackContext): Promise<string[]> {
  const channels = changes.flatMap((changed) =>
    changed.kind === "watch" && changed.after ? [changed.after.channel] : [],
  );
  const some = [...new Set(channels)].slice(0, MOST_CHANNELS);
  const channelIssues = await Promise.all(some.map((channel) => channelIssueIn(channel, context)));
  return channelIssues.filter((channelIssue) => channelIssue !== undefined);
}
