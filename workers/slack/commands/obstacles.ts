import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { warnedAnswer } from "../../../src/adapters/slack/commands/change.ts";
import type { Changed } from "../../../src/settings/change.ts";
import type { SlackContext } from "../context.ts";
import { messageOf } from "../failure.ts";

/**
 * The reason why the bot cannot post in a channel, for the person who just saved a watch on it; undefined if unknown.
 */
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

/** An answer about a watch, with the reason why its channel cannot be posted in. */
export async function withChannelIssue(
  answer: Answer,
  channel: string,
  context: SlackContext,
): Promise<Answer> {
  const channelIssue = await channelIssueIn(channel, context);
  return channelIssue ? warnedAnswer(answer, channelIssue) : answer;
}

/** Slack allows fifty channel lookups a minute. The answer shows as many as fit on a screen. */
const MOST_CHANNELS = 10;

/** The reasons why the channels of changed watches cannot be posted in. */
export async function channelIssuesOf(changes: readonly Changed[], context: SlackContext): Promise<string[]> {
  const channels = changes.flatMap((changed) =>
    changed.kind === "watch" && changed.after ? [changed.after.channel] : [],
  );
  const some = [...new Set(channels)].slice(0, MOST_CHANNELS);
  const channelIssues = await Promise.all(some.map((channel) => channelIssueIn(channel, context)));
  return channelIssues.filter((channelIssue) => channelIssue !== undefined);
}
