import { readBackup, writeBackup } from "../../../src/adapters/backup/read-backup.ts";
import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { exportAnswer, sharedAnswer } from "../../../src/adapters/slack/commands/backup.ts";
import { permitEverywhere } from "../../../src/pipeline/actions/authorize.ts";
import { exportAll, importAll } from "../../../src/pipeline/actions/backup.ts";
import type { Changed } from "../../../src/settings/change.ts";
import type { Asker, Desk } from "../desk.ts";
import { permitted, permittedFor } from "./order.ts";

/** `export`: everything that was set up, in the answer or, where it is too long for that, as a file in the channel. */
export async function exported(asker: Asker, desk: Desk): Promise<Answer> {
  const { bot } = desk;
  await permitEverywhere(asker.user, bot);
  const json = writeBackup(await exportAll(bot));
  const answer = exportAnswer(json);
  if (answer) return answer;
  await bot.shareFile(asker.channel, "tidewatch.json", json);
  return sharedAnswer(asker.channel);
}

/** Takes JSON over, and has what changes announced in one message a channel. Throws InputError with all that is wrong in it. */
export async function imported(json: string, asker: Asker, desk: Desk): Promise<readonly Changed[]> {
  const { bot } = desk;
  await permitted(asker, [], desk);
  const read = readBackup(json);
  const planned = await importAll(read, { mode: "add", isTrial: true }, asker.user, bot);
  for (const changed of planned.changed) await permittedFor(changed, asker, desk);
  const { changed, entries } = await importAll(read, { mode: "add" }, asker.user, bot);
  if (entries[0]) await desk.tell([entries[0].id]);
  return changed;
}
