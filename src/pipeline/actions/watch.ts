import { InputError, PermanentError } from "../../errors.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import type { Changed } from "../../settings/change.ts";
import { isSameWatch, type Watch, watchId, watchTitle } from "../../settings/watch.ts";
import { commit, commitAll, type Made } from "../changes/change.ts";
import type { Context } from "../context.ts";
import type { WatchStore } from "../ports/settings.ts";
import { refuseWhileOpen } from "./forget-unwatched.ts";
import { asRequested, checkRequest, namesOf, seriesOf, type WatchRequest } from "./watch-request.ts";

/** A watch that was added, removed or edited. */
export type WatchChanged = Extract<Changed, { kind: "watch" }>;

/** Adds a watch. Throws InputError when an id is malformed or unknown to Braze, or when the watch exists. */
export async function addWatch(
  request: WatchRequest,
  by: string,
  context: Context,
): Promise<Made<WatchChanged & { readonly after: Watch }>> {
  checkRequest(request);
  const plan = async () => {
    const known = await context.watches.all();
    const id = await freeId(request, known, context.incidents);
    const after = { ...asRequested(request), id, createdAt: context.clock() };
    refuseTwins(after, known);
    return { kind: "watch", watchId: id, after } as const;
  };
  // Refuses what it can before it asks Braze.
  await context.permit?.(await plan());
  await askBraze(seriesOf(request), context.probe);
  return commit(plan, by, context);
}

/**
 * Adds several watches in one step, which is announced in one message; those that exist are left out. Throws InputError
 * when all of them do.
 */
export async function addWatches(
  requests: readonly WatchRequest[],
  by: string,
  context: Context,
): Promise<readonly Watch[]> {
  for (const request of requests) checkRequest(request);
  const plan = async () => {
    const known = [...(await context.watches.all())];
    const added: { kind: "watch"; watchId: string; after: Watch }[] = [];
    for (const request of requests) {
      const id = await freeId(request, known, context.incidents);
      const after = { ...asRequested(request), id, createdAt: context.clock() };
      if (known.some((other) => isSameWatch(other, after))) continue;
      known.push(after);
      added.push({ kind: "watch", watchId: id, after });
    }
    if (added.length === 0)
      throw new InputError("everything that you chose is already watched for that channel");
    return added;
  };
  return (await commitAll(plan, by, context)).changed.map(({ after }) => after);
}

/**
 * A name that no watch has, and that no watch with an open incident had: the new watch would take over that incident.
 */
async function freeId(
  request: WatchRequest,
  known: readonly Watch[],
  incidents: Pick<Context["incidents"], "live">,
): Promise<string> {
  const title = watchTitle({ ...namesOf(request), series: seriesOf(request) });
  const taken = new Set(known.map(({ id }) => id));
  for (;;) {
    const id = watchId(title, taken);
    if ((await incidents.live(id)).length === 0) return id;
    taken.add(id);
  }
}

/** Returns what a watch should become, given its present state. */
export type Edit = (before: Watch) => WatchRequest | Promise<WatchRequest>;

/**
 * Edits a watch, which keeps its id, incidents and journal. Calls the edit again if somebody else changed the watch
 * meanwhile. Throws InputError as `addWatch` does, and when the series would change while an incident is open.
 */
export async function editWatch(
  id: string,
  edit: Edit,
  by: string,
  context: Context,
): Promise<Made<WatchChanged & { readonly before: Watch; readonly after: Watch }>> {
  const plan = async () => {
    const before = await watchOf(id, context.watches);
    const request = await edit(before);
    checkRequest(request);
    const isMoved = seriesId(before.series) !== seriesId(seriesOf(request));
    const { createdAt, thresholdAdjustment } = before;
    const after: Watch = {
      ...asRequested(request),
      id,
      // A new series has no gaps yet, and no false alarms.
      createdAt: isMoved ? context.clock() : createdAt,
      ...(thresholdAdjustment !== undefined && !isMoved && { thresholdAdjustment }),
    };
    refuseTwins(after, await context.watches.all());
    const changed = { kind: "watch", watchId: id, before, after } as const;
    // Refuses what it can before it asks Braze.
    await context.permit?.(changed);
    await refuseWhileOpen(before, after, context);
    if (isMoved) await askBraze(after.series, context.probe);
    return changed;
  };
  return commit(plan, by, context);
}

/**
 * Removes a watch, and the history of its series if no other watch uses it. Throws InputError when it does not exist.
 */
export const removeWatch = (
  id: string,
  by: string,
  context: Context,
): Promise<Made<WatchChanged & { readonly before: Watch }>> =>
  commit(
    async () => ({ kind: "watch", watchId: id, before: await watchOf(id, context.watches) }) as const,
    by,
    context,
  );

/** Finds a watch by its id. Throws InputError that lists the existing ids. */
async function watchOf(id: string, watches: Pick<WatchStore, "byId" | "all">): Promise<Watch> {
  const watch = await watches.byId(id);
  if (watch) return watch;
  const ids = (await watches.all()).map((other) => other.id);
  const some = ids.length > 20 ? [...ids.slice(0, 20), `and ${ids.length - 20} more`] : ids;
  throw new InputError(
    `there is no watch "${id}"${some.length > 0 ? `. Use one of: ${some.join(", ")}` : ""}`,
  );
}

function refuseTwins(watch: Watch, known: readonly Watch[]): void {
  const twin = known.find((other) => other.id !== watch.id && isSameWatch(other, watch));
  if (twin)
    throw new InputError(
      `the watch ${twin.id} already alerts that channel about ${watchTitle(twin)}. Edit or remove it, or choose another channel`,
      { field: "channel" },
    );
}

async function askBraze(series: SeriesRef, probe: Context["probe"]): Promise<void> {
  try {
    await probe?.(series);
  } catch (error) {
    if (error instanceof PermanentError)
      throw new InputError(`${error.message}. ${error.advice}`, {
        cause: error,
        field: series.item !== undefined ? "item" : series.segment ? "segment" : "app",
      });
    throw error;
  }
}
