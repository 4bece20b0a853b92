import { readBackup, writeBackup } from "../../../src/adapters/backup/read-backup.ts";
import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { exportAnswer, sharedAnswer } from "../../../src/adapters/slack/commands/backup.ts";
import { exportAll, importAll } from "../../../src/pipeline/actions/backup.ts";
import { commit } from "../../../src/pipeline/actions/change.ts";
import type { Changed } from "../../../src/settings/change.ts";
import type { Asker, Desk } from "../desk.ts";
import { permitted, permittedFor } from "./order.ts";

/** `export`: everything that was set up, in the answer or, where it is too long for that, as a file in the channel. */
export async function exported(asker: Asker, desk: Desk): Promise<Answer> {
  const { bot } = desk;
  await permitted(asker, [asker.channel], desk);
  const json = writeBackup(await exportAll(bot));
  const answer = exportAnswer(json);
  if (answer) return answer;
  await bot.shareFile(asker.channel, "tidewatch.json", json);
  return sharedAnswer(asker.channel);
}

/** Takes JSON over, and has each change told. Throws InputError with all that is wrong in it. */
export async function imported(json: string, asker: Asker, desk: Desk): Promise<Changed[]> {
  const { bot } = desk;
  await permitted(asker, [asker.channel], desk);
  const read = readBackup(json);
  const planned = await importAll(read, { mode: "add", isTrial: true }, bot);
  for (const changed of planned) await permittedFor(changed, asker, desk);
  const changes = await importAll(read, { mode: "add" }, bot);
  const kept = [];
  for (const changed of changes) kept.push(await commit(changed, asker.user, bot));
  await desk.tell(kept.map(({ id }) => id));
  return changes;
}
