import { redact } from "../redact.ts";
import type { Changed } from "../settings/change.ts";
import type { Answer } from "../text/answers/answer.ts";
import { warnedAnswer } from "../text/answers/changes.ts";
import type { Text } from "../text/text.ts";
import type { Request } from "./command.ts";

/**
 * The reason why the bot cannot post in a channel, for the person who just saved a watch on it; undefined if unknown.
 */
export async function channelIssueIn(
  channel: string,
  { bot, log }: Pick<Request, "bot" | "log">,
): Promise<Text | undefined> {
  try {
    return await bot.channelIssue(channel);
  } catch (error) {
    log.debug({ channel, error: redact(String(error)) }, "console.channel-unseen");
    return undefined;
  }
}

/** An answer about a watch, with the reason why its channel cannot be posted in. */
export async function withChannelIssue(answer: Answer, channel: string, request: Request): Promise<Answer> {
  // The command line works without Slack.
  const channelIssue = request.actor.terminal ? undefined : await channelIssueIn(channel, request);
  return channelIssue ? warnedAnswer(answer, channelIssue) : answer;
}

/** Slack allows fifty channel lookups a minute. The answer shows as many as fit on a screen. */
const MOST_CHANNELS = 10;

/** The reasons why the channels of changed watches cannot be posted in. */
export async function channelIssuesOf(
  changes: readonly Changed[],
  request: Pick<Request, "bot" | "log">,
): Promise<Text[]> {
  const channels = changes.flatMap((changed) =>
    changed.kind === "watch" && changed.after ? [changed.after.channel] : [],
  );
  const some = [...new Set(channels)].slice(0, MOST_CHANNELS);
  const channelIssues = await Promise.all(some.map((channel) => channelIssueIn(channel, request)));
  return channelIssues.filter((channelIssue) => channelIssue !== undefined);
}
