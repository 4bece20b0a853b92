import type { UserGroup } from "../../src/pipeline/ports/slack.ts";
import type { SlackContext } from "./context.ts";
import { wordsFor } from "./reply.ts";

/** The user groups of the workspace; undefined where Slack does not list them: their ids are typed then. */
export async function userGroups({ bot, log }: SlackContext): Promise<readonly UserGroup[] | undefined> {
  try {
    return await bot.people.groups();
  } catch (error) {
    log.warn({ error: wordsFor(error, log) }, "console.groups-unknown");
    return undefined;
  }
}
