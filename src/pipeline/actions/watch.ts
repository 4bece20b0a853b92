import { InputError, PermanentError } from "../../errors.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import type { Changed } from "../../settings/change.ts";
import { isSameWatch, type Watch, watchId, watchTitle } from "../../settings/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { ArrivalStore, ProgressStore, SeriesStore } from "../ports/series.ts";
import type { MuteStore, WatchStore } from "../ports/watches.ts";
import { checkRequest, namesOf, rulesOf, seriesOf, type WatchRequest } from "./watch-request.ts";

/** A watch that came, went or is another now. */
export type WatchChanged = Extract<Changed, { kind: "watch" }>;

/** What it takes to put a watch in its place. */
export interface PlaceDeps {
  readonly watches: WatchStore;
  readonly series: Pick<SeriesStore, "remove">;
  readonly progress: Pick<ProgressStore, "remove">;
  readonly arrivals: Pick<ArrivalStore, "remove">;
  readonly mutes: Pick<MuteStore, "remove">;
}

export interface WatchingDeps extends PlaceDeps {
  readonly incidents: Pick<IncidentStore, "live">;
  /** Asks Braze for one point, which throws when it does not know an id. Left out: ids are not looked up. */
  readonly probe?: (series: SeriesRef) => Promise<unknown>;
  readonly clock: Clock;
}

/** Adds a watch. Throws InputError when an id is malformed or unknown to Braze, or when there is such a watch. */
export async function addWatch(
  request: WatchRequest,
  deps: WatchingDeps,
): Promise<WatchChanged & { readonly after: Watch }> {
  checkRequest(request);
  const known = await deps.watches.all();
  const id = await freeId(request, known, deps.incidents);
  const watch = { ...asRequested(request), id, createdAt: deps.clock() };
  refuseTwins(watch, known);
  await askBraze(watch.series, deps.probe);
  const { watchId: name, kind } = await setWatch(id, watch, deps);
  return { kind, watchId: name, after: watch };
}

/** A name that no watch has, and none that went in the middle of an incident had: that would be taken for its own. */
async function freeId(
  request: WatchRequest,
  known: readonly Watch[],
  incidents: WatchingDeps["incidents"],
): Promise<string> {
  const { appName, segmentName } = namesOf(request);
  const taken = new Set(known.map(({ id }) => id));
  for (;;) {
    const id = watchId(appName, segmentName, taken);
    if ((await incidents.live(id)).length === 0) return id;
    taken.add(id);
  }
}

/**
 * Makes a watch another one that keeps its id, its incidents and its journal. Throws InputError as `addWatch` does, and
 * when it would look at another series while an incident of the one it looks at goes on.
 */
export async function editWatch(
  id: string,
  request: WatchRequest,
  deps: WatchingDeps,
): Promise<WatchChanged & { readonly before: Watch; readonly after: Watch }> {
  checkRequest(request);
  const before = await watchOf(id, deps.watches);
  const isMoved = seriesId(before.series) !== seriesId(seriesOf(request));
  const { createdAt, lenience } = before;
  const after: Watch = {
    ...asRequested(request),
    id,
    // What was not watched until now has no gaps either, and nobody called its alarms false.
    createdAt: isMoved ? deps.clock() : createdAt,
    ...(lenience !== undefined && !isMoved && { lenience }),
  };
  refuseTwins(after, await deps.watches.all());
  if (isMoved) {
    await refuseWhileOpen(before, after, deps);
    await askBraze(after.series, deps.probe);
  }
  await setWatch(id, after, deps);
  return { kind: "watch", watchId: id, before, after };
}

/** Removes a watch, and the history of its series when nobody else looks at it. Throws InputError when there is none. */
export async function removeWatch(
  id: string,
  deps: PlaceDeps,
): Promise<WatchChanged & { readonly before: Watch }> {
  const before = await watchOf(id, deps.watches);
  await setWatch(id, undefined, deps);
  return { kind: "watch", watchId: id, before };
}

/**
 * Puts a watch in the place of what has its id, or nothing. What is no longer watched by anybody loses its history, and
 * what was not until now has none, though a job may have left some; a watch that is gone loses its mute, since another
 * may get its name. Safe to repeat.
 */
export async function setWatch(id: string, after: Watch | undefined, deps: PlaceDeps): Promise<WatchChanged> {
  const { watches, mutes } = deps;
  const before = await watches.byId(id);
  if (after) {
    await forgetUnwatched(after.series, deps);
    await watches.save(after);
  } else {
    await watches.remove(id);
    await mutes.remove({ kind: "watch", watch: id });
  }
  if (before) await forgetUnwatched(before.series, deps);
  return { kind: "watch", watchId: id, ...(before && { before }), ...(after && { after }) };
}

/** Forgets a series that no watch looks at. */
async function forgetUnwatched(
  ref: SeriesRef,
  { watches, series, progress, arrivals }: PlaceDeps,
): Promise<void> {
  const id = seriesId(ref);
  if ((await watches.forSeries(id)).length > 0) return;
  await progress.remove(id);
  await arrivals.remove(id);
  await series.remove(id);
}

/** A watch by its id. Throws InputError, naming those there are, when there is none. */
async function watchOf(id: string, watches: Pick<WatchStore, "byId" | "all">): Promise<Watch> {
  const watch = await watches.byId(id);
  if (watch) return watch;
  const ids = (await watches.all()).map((other) => other.id);
  const some = ids.length > 20 ? [...ids.slice(0, 20), `and ${ids.length - 20} more`] : ids;
  throw new InputError(
    `there is no watch "${id}"${some.length > 0 ? `; there are: ${some.join(", ")}` : ""}`,
  );
}

const asRequested = (request: WatchRequest): Omit<Watch, "id" | "createdAt"> => {
  const { channel, quiet, owner, runbook } = request;
  return {
    ...rulesOf(request),
    series: seriesOf(request),
    ...namesOf(request),
    channel,
    ...(quiet && { quiet }),
    ...(owner && { owner }),
    ...(runbook && { runbook }),
  };
};

function refuseTwins(watch: Watch, known: readonly Watch[]): void {
  const twin = known.find((other) => other.id !== watch.id && isSameWatch(other, watch));
  if (twin)
    throw new InputError(
      `the watch ${twin.id} tells that channel of ${watchTitle(twin)} already: edit or remove that one, or name another channel`,
      { field: "channel" },
    );
}

/** Throws InputError when a watch would look at another series while an incident of the one it looks at goes on. */
export async function refuseWhileOpen(
  before: Watch | undefined,
  { id, series }: Watch,
  { incidents }: Pick<WatchingDeps, "incidents">,
): Promise<void> {
  if (!before || seriesId(before.series) === seriesId(series)) return;
  const open = (await incidents.live(id)).find(({ resolvedAt }) => resolvedAt === undefined);
  if (open)
    throw new InputError(
      `the watch ${id} is in the middle of ${open.id}: what it looks at can be changed when that is over, or be watched by a watch of its own`,
      { field: series.segment ? "segment" : "app" },
    );
}

async function askBraze(series: SeriesRef, probe: WatchingDeps["probe"]): Promise<void> {
  try {
    await probe?.(series);
  } catch (error) {
    if (error instanceof PermanentError)
      throw new InputError(`${error.message}. ${error.advice}`, {
        cause: error,
        field: series.segment ? "segment" : "app",
      });
    throw error;
  }
}
