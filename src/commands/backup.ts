import { readBackup, writeBackup } from "../adapters/backup/read-backup.ts";
import { InputError } from "../errors.ts";
import { exportAll, importAll } from "../pipeline/changes/backup.ts";
import { countsOf } from "../pipeline/reports/counts.ts";
import {
  countsAnswer,
  exportAnswer,
  importedAnswer,
  importOffer,
  sharedAnswer,
} from "../text/answers/backup.ts";
import { countsCsv } from "../text/counts-csv.ts";
import { bucketAt } from "../time/calendar.ts";
import { DAY } from "../time/time.ts";
import { clockOf } from "./answering.ts";
import { command, type Request } from "./command.ts";
import { type ExportOrder, exportOrder } from "./grammar/export.ts";
import { importOrder } from "./grammar/import.ts";
import { boundsOf } from "./grammar/period.ts";
import { watchNamed } from "./named.ts";

/** The longest backup that fits into a message: Slack accepts about 13,000 characters. */
const MOST_COPIED = 10_000;

/** How far back counts go where no time is named. */
const USUAL = 30 * DAY;

/** The counts of a watch: as a file in the channel, at the command line as they are. */
async function exportCounts(
  { watch: name, period = {} }: ExportOrder & { readonly watch: string },
  request: Request,
) {
  const { actor, bot } = request;
  const watch = await watchNamed(name, bot);
  const { unit } = watch.series;
  const clock = await clockOf("past", request);
  const [from = clock.now - USUAL, to = clock.now] = boundsOf(period, clock);
  if (from >= to) throw new InputError("that ends before it begins");
  // The end is no part of the range.
  const span = { from: bucketAt(from, unit, clock.zone), to: bucketAt(to - 1, unit, clock.zone) };
  const csv = countsCsv(watch, await countsOf(watch, span, bot));
  if (!actor.terminal) await bot.shareFile(actor.channel, `${watch.id}.csv`, csv);
  return countsAnswer(watch, actor.channel, csv);
}

/** In the answer or, when it is too long for one, as a file in the channel. */
export const exportCommand = command({
  group: "admin",
  aliases: ["backup"],
  meanings: ["csv", "download", "data", "json"],
  about: "All settings as JSON; of a watch, its counts, expected range and scores as a CSV file",
  usage: ["export", "export WATCH [30d|since 7d until 1d]"],
  examples: ["export", "export ios 30d"],
  permission: "everywhere",
  syntax: exportOrder,
  async run({ watch, ...order }, request) {
    if (watch !== undefined) return exportCounts({ ...order, watch }, request);
    const { actor, bot } = request;
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
