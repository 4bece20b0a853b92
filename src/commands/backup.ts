import { readBackup, writeBackup } from "../adapters/backup/read-backup.ts";
import { InputError } from "../errors.ts";
import { exportAll, importAll } from "../pipeline/changes/backup.ts";
import { exportAnswer, importedAnswer, importOffer, sharedAnswer } from "../text/answers/backup.ts";
import { command } from "./command.ts";
import { importOrder } from "./grammar/import.ts";
import { nothing } from "./grammar/syntax.ts";

/** The longest backup that fits into a message: Slack accepts about 13,000 characters. */
const MOST_COPIED = 10_000;

/** In the answer or, when it is too long for one, as a file in the channel. */
export const exportCommand = command({
  group: "admin",
  aliases: ["backup"],
  meanings: ["csv", "download", "data", "json"],
  about: "All settings as JSON",
  usage: ["export"],
  examples: ["export"],
  permission: "everywhere",
  syntax: nothing,
  async run(_, { actor, bot }) {
    const json = writeBackup(await exportAll(bot));
    if (actor.terminal || json.length <= MOST_COPIED) return exportAnswer(json);
    await bot.shareFile(actor.channel, "tidewatch.json", json);
    return sharedAnswer(actor.channel);
  },
});

export const importCommand = command({
  group: "admin",
  aliases: ["restore"],
  meanings: ["upload", "load", "paste"],
  about: "Add and change settings from JSON; opens a form",
  usage: ["import"],
  terminalUsage: ["import FILE|- [--replace] [--dry-run]"],
  examples: ["import"],
  permission: "change",
  syntax: importOrder,
  async run({ file, isReplacing, isTrial }, { actor, bot }) {
    if (!actor.terminal) {
      if (file)
        throw new InputError("files are imported on the command line. Type import alone to open a form");
      return importOffer();
    }
    if (!file) throw new InputError("which file? Type import FILE [--replace] [--dry-run]");
    const read = readBackup(actor.terminal.readFile(file));
    const mode = isReplacing ? "replace" : "add";
    const { changed } = await importAll(read, { mode, isTrial }, actor.user, bot);
    return importedAnswer(changed, await bot.watches.all(), isTrial);
  },
});
