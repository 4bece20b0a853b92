import { InputError } from "../../errors.ts";
import { type ExcludingDeps, exclude, include } from "../../pipeline/actions/exclude.ts";
import { labelIncident } from "../../pipeline/actions/label.ts";
import { planEvent, removeEvent } from "../../pipeline/actions/plan-event.ts";
import type { Exclusion } from "../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";
import { seriesId } from "../../series/series.ts";
import { stepOf, type Unit } from "../../time/time.ts";
import { instantOf, minuteName } from "../instant.ts";
import type { Typist } from "./mutes.ts";
import { labelOf, USAGE, type WatchValues, workspaceFor } from "./options.ts";

/** `label INCIDENT LABEL|none`: labels an incident, or removes its label. */
export async function labelCommand(
  [incidentId, word]: readonly string[],
  values: WatchValues,
  { name }: Typist,
  deps: ExcludingDeps,
): Promise<string> {
  if (!incidentId) throw new InputError(`which incident? See the id at the bottom of its alert\n\n${USAGE}`);
  const label = labelOf(word);
  const by = values.by ?? name;
  await labelIncident(incidentId, label, by, deps);
  return label ? `labeled ${incidentId} ${label}` : `removed the label of ${incidentId}`;
}

/** `exclude WATCH --from … --to …`: excludes hours from evaluation and learning. */
export async function excludeCommand(
  watchId: string | undefined,
  values: WatchValues,
  { name, now, zone }: Typist,
  deps: ExcludingDeps,
): Promise<string> {
  if (!watchId || !values.from) throw new InputError(`exclude which watch, --from when?\n\n${USAGE}`);
  const by = values.by ?? name;
  const past = { now, zone, toward: "past" } as const;
  const from = instantOf(values.from, past);
  const to = values.to ? instantOf(values.to, past) : now;
  const { changed } = await exclude({ watchId, from, to, by }, deps);
  return `excluded ${changed.id} from ${watchId}`;
}

/** `include WATCH EXCLUSION`: removes an exclusion. */
export async function includeCommand(
  [watchId, id]: readonly string[],
  values: WatchValues,
  { name }: Typist,
  deps: ExcludingDeps,
): Promise<string> {
  if (!watchId || !id) throw new InputError(`include what? npm run watch -- exclusions WATCH\n\n${USAGE}`);
  await include(watchId, id, values.by ?? name, deps);
  return `${watchId}: the hours ${id} are no longer excluded`;
}

/** `exclusions WATCH`: lists the hours that its series does not learn. */
export async function exclusionsCommand(
  watchId: string | undefined,
  { exclusions, watches }: ExcludingDeps,
): Promise<string> {
  const watch = watchId && (await watches.byId(watchId));
  if (!watch) throw new InputError(`unknown watch. List them: npm run watch -- list\n\n${USAGE}`);
  const all = await exclusions.of(seriesId(watch.series));
  return (
    all.map((one) => exclusionLine(one, watch.series.unit)).join("\n") || `${watch.id} has no excluded hours`
  );
}

/** `event add NAME --from … --to …`, `event list`, `event remove ID`: the planned events. */
export async function eventCommand(
  [act, what]: readonly string[],
  values: WatchValues,
  { name, now, zone, workspaces }: Typist,
  deps: ExcludingDeps,
): Promise<string> {
  const by = values.by ?? name;
  switch (act) {
    case "list":
      return (await deps.events.all()).map(eventLine).join("\n") || "no planned events";
    case "remove": {
      if (!what) throw new InputError(`which event is removed? npm run watch -- event list\n\n${USAGE}`);
      await removeEvent(what, by, deps);
      return `removed ${what}`;
    }
    case "add": {
      if (!what || !values.from || !values.to)
        throw new InputError(`an event needs a name, --from and --to\n\n${USAGE}`);
      // A planned event lies in the future.
      const ahead = { now, zone, toward: "future" } as const;
      const [from, to] = [instantOf(values.from, ahead), instantOf(values.to, ahead)];
      const workspace = values.app || values.workspace ? workspaceFor(values, workspaces) : undefined;
      const scope = { ...(workspace && { workspace }), ...(values.app && { app: values.app }) };
      const { changed } = await planEvent({ name: what, from, to, scope, by }, deps);
      return `planned ${changed.id}`;
    }
    default:
      throw new InputError(`event add, list or remove?\n\n${USAGE}`);
  }
}

const exclusionLine = ({ id, because, from, to, by, at }: Exclusion, unit: Unit): string =>
  [
    id,
    WHY[because],
    // An exclusion stores its last bucket, and people name the end of it.
    `${minuteName(from)} to ${minuteName(to + stepOf(unit))}`,
    `by ${by}`,
    `since ${minuteName(at)}`,
  ].join("  ");

const WHY = {
  hand: "neither evaluated nor learned",
  label: "not learned because of a label",
  "new-level": "learned as the new level",
} as const;

const eventLine = ({ id, name, from, to, scope, by }: PlannedEvent): string =>
  [
    id,
    name,
    `${minuteName(from)} to ${minuteName(to)}`,
    [scope.workspace, scope.app].filter(Boolean).join(".") || "everything",
    `by ${by}`,
  ].join("  ");
