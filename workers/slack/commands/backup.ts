import { readBackup } from "../../../src/adapters/backup/read-backup.ts";
import type { Actor } from "../../../src/commands/command.ts";
import { permitting } from "../../../src/commands/perform.ts";
import { authorize } from "../../../src/pipeline/changes/authorize.ts";
import { importAll } from "../../../src/pipeline/changes/backup.ts";
import type { Changed } from "../../../src/settings/change.ts";
import type { SlackContext } from "../context.ts";

/**
 * Imports JSON; the changes are announced in one message per channel. Throws InputError with everything that is wrong.
 */
export async function imported(
  json: string,
  actor: Actor,
  { bot }: SlackContext,
): Promise<readonly Changed[]> {
  // Incidents are stored without a change.
  await authorize(actor.user, [], bot);
  const own = permitting("change", actor, bot);
  return (await importAll(readBackup(json), { mode: "add" }, actor.user, own)).changed;
}
