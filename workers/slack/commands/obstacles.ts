import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { warnedAnswer } from "../../../src/adapters/slack/commands/change.ts";
import type { Changed } from "../../../src/settings/change.ts";
import type { Desk } from "../desk.ts";
import { messageOf } from "../failure.ts";

/** What keeps a channel from being told, for whoever has just saved a watch of it; nothing where that cannot be seen. */
export async function obstacleIn(channel: string, { bot, log }: Desk): Promise<string | undefined> {
  try {
    return await bot.obstacle(channel);
  } catch (error) {
    log.debug({ channel, error: messageOf(error) }, "console.channel-unseen");
    return undefined;
  }
}

/** An answer about a watch, with what keeps its channel from being told. */
export async function withObstacle(answer: Answer, channel: string, desk: Desk): Promise<Answer> {
  const obstacle = await obstacleIn(channel, desk);
  return obstacle ? warnedAnswer(answer, obstacle) : answer;
}

/** Slack lets fifty channels a minute be looked at; what fits on a screen of these is said. */
const MOST_CHANNELS = 10;

/** What keeps the channels of watches that were changed from being told. */
export async function obstaclesOf(changes: readonly Changed[], desk: Desk): Promise<string[]> {
  const channels = changes.flatMap((changed) =>
    changed.kind === "watch" && changed.after ? [changed.after.channel] : [],
  );
  const some = [...new Set(channels)].slice(0, MOST_CHANNELS);
  const obstacles = await Promise.all(some.map((channel) => obstacleIn(channel, desk)));
  return obstacles.filter((obstacle) => obstacle !== undefined);
}
