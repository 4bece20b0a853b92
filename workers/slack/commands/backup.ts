import { readBackup, writeBackup } from "../../../src/adapters/backup/read-backup.ts";
import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { exportAnswer, sharedAnswer } from "../../../src/adapters/slack/commands/backup.ts";
import { permitEverywhere } from "../../../src/pipeline/actions/authorize.ts";
import { exportAll, importAll } from "../../../src/pipeline/actions/backup.ts";
import type { Changed } from "../../../src/settings/change.ts";
import type { Actor, SlackContext } from "../context.ts";
import { authorized, authorizedFor } from "./order.ts";

/** `export`: all settings, in the answer or, when they are too long, as a file in the channel. */
export async function exported(actor: Actor, context: SlackContext): Promise<Answer> {
  const { bot } = context;
  await permitEverywhere(actor.user, bot);
  const json = writeBackup(await exportAll(bot));
  const answer = exportAnswer(json);
  if (answer) return answer;
  await bot.shareFile(actor.channel, "tidewatch.json", json);
  return sharedAnswer(actor.channel);
}

/**
 * Imports JSON; the changes are announced in one message per channel. Throws InputError with everything that is wrong.
 */
export async function imported(
  json: string,
  actor: Actor,
  context: SlackContext,
): Promise<readonly Changed[]> {
  const { bot } = context;
  await authorized(actor, [], context);
  const read = readBackup(json);
  const planned = await importAll(read, { mode: "add", isTrial: true }, actor.user, bot);
  for (const changed of planned.changed) await authorizedFor(changed, actor, context);
  const { changed } = await importAll(read, { mode: "add" }, actor.user, bot);
  return changed;
}
