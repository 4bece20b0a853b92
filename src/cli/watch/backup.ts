import { readFileSync } from "node:fs";
import { readBackup, writeBackup } from "../../adapters/backup/read-backup.ts";
import { InputError } from "../../errors.ts";
import { type BackupDeps, exportAll, importAll } from "../../pipeline/actions/backup.ts";
import { type Changed, subjectOf } from "../../settings/change.ts";
import { USAGE, type WatchValues } from "./options.ts";

/** `export`: all settings and feedback as JSON. */
export const exportCommand = async (deps: BackupDeps): Promise<string> => writeBackup(await exportAll(deps));

/**
 * `import FILE|- [--replace] [--dry-run]`: imports a backup, announces each change, and returns what changed, or would.
 */
export async function importCommand(
  path: string | undefined,
  values: WatchValues,
  { name }: { readonly name: string },
  deps: BackupDeps,
): Promise<string> {
  if (!path) throw new InputError(`which file is to be imported?\n\n${USAGE}`);
  const isTrial = values["dry-run"] ?? false;
  const read = readBackup(contentOf(path));
  const mode = values.replace ? "replace" : "add";
  const { changed } = await importAll(read, { mode, isTrial }, values.by ?? name, deps);
  const lines = changed.map(lineOf);
  if (lines.length === 0) return "nothing changed: the settings are already as in the backup";
  return [
    ...lines,
    isTrial
      ? "dry run: nothing was changed"
      : lines.length === 1
        ? "1 change was made"
        : `${lines.length} changes were made`,
  ].join("\n");
}

function contentOf(path: string): string {
  try {
    // `-` reads from standard input.
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`${path} cannot be read (${code}): name a file that export has written`, {
      cause: error,
    });
  }
}

function lineOf(changed: Changed): string {
  if (!changed.before) return `+ ${subjectOf(changed)}`;
  return `${changed.after ? "~" : "-"} ${subjectOf(changed)}`;
}
