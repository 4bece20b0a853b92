import { InputError } from "../../errors.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Workspace } from "../../series/workspace.ts";
import { BACKUP_VERSION, type Backup, changesTo, type ImportMode } from "../../settings/backup.ts";
import type { Changed } from "../../settings/change.ts";
import type { Clock } from "../ports/clock.ts";
import type { AccessStore, AppStore } from "../ports/console.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { EventStore, ExclusionStore } from "../ports/teaching.ts";
import type { MuteStore } from "../ports/watches.ts";
import { type ReadBackup, wrongIn } from "./check-backup.ts";
import { setEvent, setExclusion } from "./label.ts";
import { setApp } from "./name-app.ts";
import { type PlaceDeps, setWatch } from "./watch.ts";

export interface BackupDeps extends PlaceDeps {
  readonly apps: AppStore;
  readonly events: EventStore;
  readonly exclusions: ExclusionStore;
  readonly incidents: Pick<IncidentStore, "byId" | "since" | "save">;
  readonly mutes: MuteStore;
  readonly access: AccessStore;
  readonly workspaces: readonly Workspace[];
  readonly clock: Clock;
}

/** How a backup is taken over. */
export interface ImportOptions {
  readonly mode: ImportMode;
  /** Only tells what would change. @default false */
  readonly isTrial?: boolean;
}

/** Takes down everything that Braze cannot tell again. */
export async function exportAll(deps: BackupDeps): Promise<Backup> {
  const { watches, apps, events, exclusions, incidents, mutes, access, clock } = deps;
  const at = clock();
  const watched = await watches.all();
  const labelled: Incident[] = [];
  for (const { id } of watched)
    labelled.push(...(await incidents.since(id, 0)).filter((incident) => incident.labelled));
  const granted = await access.get();
  return {
    version: BACKUP_VERSION,
    at,
    watches: watched,
    apps: await apps.all(),
    events: await events.all(),
    exclusions: await exclusions.all(),
    incidents: labelled,
    mutes: await mutes.all(),
    ...(granted && { access: granted }),
  };
}

/**
 * Makes all be as a backup says; answers what changed, or would. Safe to repeat: what was cut short goes on. Throws
 * InputError with everything that is wrong in it, and then nothing was changed.
 */
export async function importAll(
  read: ReadBackup,
  { mode, isTrial = false }: ImportOptions,
  deps: BackupDeps,
): Promise<Changed[]> {
  const present = await exportAll(deps);
  const problems = [...read.problems, ...wrongIn(read, present, mode, deps.workspaces)];
  if (problems.length > 0)
    throw new InputError(
      `nothing was imported, since ${problems.length === 1 ? "something is" : `${problems.length} things are`} wrong:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
  const changes = changesTo(read.backup, present, mode);
  if (isTrial) return changes;
  for (const change of changes) await apply(change, read.backup, deps);
  return changes;
}

async function apply(changed: Changed, { incidents }: Backup, deps: BackupDeps): Promise<unknown> {
  switch (changed.kind) {
    case "watch":
      return setWatch(changed.watchId, changed.after, deps);
    case "app":
      return setApp(changed.workspace, changed.app, changed.after, deps);
    case "event":
      return setEvent(changed.id, changed.after, deps);
    case "exclusion":
      return setExclusion(changed.seriesId, changed.id, changed.after, deps);
    case "label":
      return restoreLabel(changed.incidentId, incidents, deps);
    case "mute":
      return changed.after ? deps.mutes.save(changed.after) : deps.mutes.remove(changed.scope);
    case "access":
      return changed.after && deps.access.set(changed.after);
  }
}

/** What followed from a label (an exclusion, a lenience) is in the backup itself, so that only the label is set. */
async function restoreLabel(
  incidentId: string,
  kept: readonly Incident[],
  { incidents }: Pick<BackupDeps, "incidents">,
): Promise<void> {
  const wanted = kept.find(({ id }) => id === incidentId);
  for (;;) {
    const present = await incidents.byId(incidentId);
    const next = present ? relabelled(present, wanted) : wanted && { ...wanted, version: 0 };
    if (!next || (await incidents.save(next))) return;
  }
}

function relabelled({ labelled: _, ...incident }: Incident, wanted: Incident | undefined): Incident {
  return { ...incident, ...(wanted?.labelled && { labelled: wanted.labelled }) };
}
