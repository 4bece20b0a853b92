import { InputError } from "../../errors.ts";
import { watchIdOf } from "../../incidents/incident.ts";
import { type MuteScope, scopeName } from "../../notifications/mute.ts";
import { seriesId, seriesRef } from "../../series/series.ts";
import type { Workspace } from "../../series/workspace.ts";
import type { Backup, ImportMode } from "../../settings/backup.ts";
import { isSameWatch, type Watch } from "../../settings/watch.ts";
import { stepOf } from "../../time/time.ts";
import { checkApp } from "../actions/name-app.ts";
import { checkRequest, requestOf } from "../actions/watch-request.ts";

/** A parsed backup: the entries of the right shape, their positions, and the problems of the others. */
export interface ReadBackup {
  readonly backup: Backup;
  /** The position of each entry, such as `watches[3]`. */
  readonly places: ReadonlyMap<object, string>;
  readonly problems: readonly string[];
}

/** Entries of the right shape that cannot be valid, each with its position. */
export function wrongIn(
  { backup, places }: ReadBackup,
  present: Backup,
  mode: ImportMode,
  workspaces: readonly Workspace[],
): string[] {
  const names = new Set(workspaces.map(({ name }) => name));
  const known = workspaces.map(({ name }) => name).join(", ");
  const strange = (workspace: string | undefined) =>
    workspace === undefined || names.has(workspace)
      ? []
      : [`unknown workspace "${workspace}". Use one of: ${known}`];
  const each = <Entry extends object>(
    entries: readonly Entry[],
    nameOf: (entry: Entry) => string,
    wrong: (entry: Entry) => readonly string[],
  ) => {
    const first = new Map<string, Entry>();
    return entries.flatMap((entry) => {
      const twin = first.get(nameOf(entry));
      if (!twin) first.set(nameOf(entry), entry);
      const doubled = twin ? [`"${nameOf(entry)}" already exists, at ${places.get(twin)}`] : [];
      return [...doubled, ...wrong(entry)].map((problem) => `${places.get(entry)}: ${problem}`);
    });
  };
  const { watches, apps, events, productChanges, exclusions, incidents, mutes } = backup;
  const others = mode === "add" ? present.watches : [];
  return [
    ...each(
      watches,
      ({ id }) => id,
      (watch) => [...strange(watch.series.workspace), ...wrongWatch(watch, [...watches, ...others])],
    ),
    ...each(
      apps,
      ({ workspace, app }) => `${workspace}.${app}`,
      (app) => refusalOf(() => checkApp(app, workspaces)),
    ),
    ...each(
      events,
      ({ id }) => id,
      ({ from, to, scope }) => [
        ...strange(scope.workspace),
        ...(to > from ? [] : ["to: must be after the beginning"]),
      ],
    ),
    ...each(
      productChanges,
      ({ id }) => id,
      ({ scope }) => strange(scope.workspace),
    ),
    ...each(
      exclusions,
      ({ seriesId: series, id }) => `${series} ${id}`,
      ({ seriesId: series, from, to }) => wrongBuckets(series, from, to),
    ),
    ...each(
      incidents,
      ({ id }) => id,
      ({ id, watchId, labelled }) => [
        ...(watchIdOf(id) === watchId ? [] : [`watchId: the incident ${id} belongs to "${watchIdOf(id)}"`]),
        ...(labelled ? [] : ["labelled: is missing, and only incidents with a label are kept"]),
      ],
    ),
    ...each(
      mutes,
      ({ scope }) => scopeName(scope),
      ({ scope }) => strange(workspaceOf(scope)),
    ),
  ];
}

function wrongWatch(watch: Watch, all: readonly Watch[]): string[] {
  const twin = all.find((other) => other.id !== watch.id && isSameWatch(other, watch));
  return [
    ...(/^[a-z0-9-]{1,60}$/.test(watch.id) ? [] : [`id: "${watch.id}" must consist of a–z, 0–9 and -`]),
    ...refusalOf(() => checkRequest(requestOf(watch))),
    ...(twin ? [`it looks at ${seriesId(watch.series)} for ${watch.channel}, as ${twin.id} does`] : []),
  ];
}

function wrongBuckets(series: string, from: number, to: number): string[] {
  let step: number;
  try {
    step = stepOf(seriesRef(series).unit);
  } catch (error) {
    return [`seriesId: ${(error as Error).message}`];
  }
  return [
    ...(from % step === 0 && to % step === 0 ? [] : ["from, to: must be buckets of the series"]),
    ...(to >= from ? [] : ["to: must be after the beginning"]),
  ];
}

const workspaceOf = (scope: MuteScope): string | undefined =>
  scope.kind === "app" ? scope.workspace : undefined;

/** The message of the InputError that a check throws. */
function refusalOf(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [error.field ? `${error.field}: ${error.message}` : error.message];
  }
}
