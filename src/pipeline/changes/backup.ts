import { InputError } from "../../errors.ts";
import type { Incident } from "../../incidents/incident.ts";
import { BACKUP_VERSION, type Backup, changesTo, type ImportMode } from "../../settings/backup.ts";
import { type Changed, subjectOf } from "../../settings/change.ts";
import type { Context } from "../context.ts";
import { commitAll } from "./change.ts";
import { type ReadBackup, wrongIn } from "./check-backup.ts";
import type { Planned } from "./record-change.ts";
import { kindOf } from "./setters.ts";

/** How a backup is imported. */
export interface ImportOptions {
  readonly mode: ImportMode;
  /** Only reports what would change. @default false */
  readonly isTrial?: boolean;
}

/** Exports everything that cannot be read from Braze again. */
export async function exportAll(context: Context): Promise<Backup> {
  const { watches, apps, events, productChanges, exclusions, incidents, mutes, routes, permissions, clock } =
    context;
  const at = clock();
  const watched = await watches.all();
  const labelled: Incident[] = [];
  for (const { id } of watched)
    labelled.push(...(await incidents.since(id, 0)).filter((incident) => incident.labelled));
  const granted = await permissions.get();
  return {
    version: BACKUP_VERSION,
    at,
    watches: watched,
    apps: await apps.all(),
    events: await events.all(),
    productChanges: await productChanges.all(),
    exclusions: await exclusions.all(),
    incidents: labelled,
    mutes: await mutes.all(),
    routes: await routes.all(),
    ...(granted && { permissions: granted }),
  };
}

/**
 * Imports a backup in one step. Returns the changes made, or those it would make. Throws InputError that lists every
 * problem, and then changes nothing.
 */
export async function importAll(
  read: ReadBackup,
  { mode, isTrial = false }: ImportOptions,
  by: string,
  context: Context,
): Promise<Imported> {
  const plan = async () => {
    const present = await exportAll(context);
    const problems = [...read.problems, ...wrongIn(read, present, mode, context.workspaces)];
    const changes = problems.length === 0 ? changesTo(read.backup, present, mode) : [];
    for (const changed of changes) problems.push(...(await refusalsOf(changed, context)));
    if (problems.length > 0)
      throw new InputError(
        `nothing was imported because of ${problems.length === 1 ? "an error" : `${problems.length} errors`}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
      );
    return changes;
  };
  const changed = await plan();
  for (const one of changed) await context.permit?.(one);
  if (isTrial) return { changed, entries: [] };
  await restoreIncidents(read.backup, context);
  return commitAll(plan, by, context);
}

/** What an import changed, with the entries in the change log. */
export type Imported = Planned<Changed>;

/** Why a change from a backup, valid by itself, cannot be made here. */
async function refusalsOf(changed: Changed, context: Context): Promise<string[]> {
  try {
    await kindOf(changed, context).check?.();
    return [];
  } catch (error) {
    if (error instanceof InputError) return [`${subjectOf(changed)}: ${error.message}`];
    throw error;
  }
}

/** Incidents that are not stored yet, without their labels: the changes bring those. */
async function restoreIncidents({ incidents: kept }: Backup, { incidents }: Context): Promise<void> {
  for (const { labelled: _, ...incident } of kept)
    if (!(await incidents.byId(incident.id))) await incidents.save({ ...incident, version: 0 });
}
