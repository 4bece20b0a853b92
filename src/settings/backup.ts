import type { Incident } from "../incidents/incident.ts";
import type { Mute } from "../notifications/mute.ts";
import type { Route } from "../notifications/route.ts";
import type { App } from "../series/app.ts";
import type { Exclusion } from "../series/excluded-hours.ts";
import type { PlannedEvent } from "../series/planned-events.ts";
import type { ProductChange } from "../series/product-changes.ts";
import type { Instant } from "../time/time.ts";
import { type Changed, isSame, reversed, subjectOf } from "./change.ts";
import type { Permissions } from "./permissions.ts";
import type { Watch } from "./watch.ts";

/** Raised when the content of a backup changes; older ones can still be read. */
export const BACKUP_VERSION = 1;

/** Everything that people set up, and their feedback: what cannot be read from Braze again. No secrets. */
export interface Backup {
  readonly version: typeof BACKUP_VERSION;
  readonly at: Instant;
  readonly watches: readonly Watch[];
  readonly apps: readonly App[];
  readonly events: readonly PlannedEvent[];
  readonly productChanges: readonly ProductChange[];
  readonly exclusions: readonly Exclusion[];
  /** The labelled ones. */
  readonly incidents: readonly Incident[];
  readonly mutes: readonly Mute[];
  readonly routes: readonly Route[];
  /** Left out: nobody set it. */
  readonly permissions?: Permissions;
}

/** What an import does with what is not in the backup: keeps it, or removes it. */
export type ImportMode = "add" | "replace";

/** The changes that make the present state equal the backup, in an order in which they can be made. */
export function changesTo(wanted: Backup, present: Backup, mode: ImportMode): Changed[] {
  const existing = new Map(thingsOf(present).map((thing) => [subjectOf(thing), thing]));
  const asked = thingsOf(wanted);
  const subjects = new Set(asked.map(subjectOf));
  const surplus =
    mode === "add" ? [] : [...existing.values()].filter((thing) => !subjects.has(subjectOf(thing)));
  return [
    // A backup without permissions never resets them.
    ...surplus.filter(({ kind }) => kind !== "permissions").map(reversed),
    ...asked.flatMap((thing) => {
      const before = existing.get(subjectOf(thing))?.after;
      if (isSame(before, thing.after)) return [];
      return [{ ...thing, ...(before && { before }) } as Changed];
    }),
  ];
}

/** Each object as if it had just been created. */
const thingsOf = ({
  watches,
  apps,
  events,
  productChanges,
  exclusions,
  incidents,
  mutes,
  routes,
  permissions,
}: Backup): Changed[] => [
  ...watches.map((after) => ({ kind: "watch", watchId: after.id, after }) as const),
  ...apps.map((after) => ({ kind: "app", workspace: after.workspace, app: after.app, after }) as const),
  ...events.map((after) => ({ kind: "event", id: after.id, after }) as const),
  ...productChanges.map((after) => ({ kind: "product-change", id: after.id, after }) as const),
  ...exclusions.map(
    (after) => ({ kind: "exclusion", seriesId: after.seriesId, id: after.id, after }) as const,
  ),
  ...incidents.flatMap(({ id, labelled }) =>
    labelled ? [{ kind: "label", incidentId: id, after: labelled } as const] : [],
  ),
  ...mutes.map((after) => ({ kind: "mute", scope: after.scope, after }) as const),
  ...routes.map((after) => ({ kind: "route", id: after.id, after }) as const),
  ...(permissions ? [{ kind: "permissions", after: permissions } as const] : []),
];
