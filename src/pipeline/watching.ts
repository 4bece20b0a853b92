import type { QuietHours } from "../core/quiet-hours.ts";
import { ID_PATTERN, type SeriesRef, seriesId } from "../core/series.ts";
import type { Unit } from "../core/time.ts";
import { defaultRules, isSameWatch, type Rules, type Watch, watchId, watchTitle } from "../core/watch.ts";
import { InputError, PermanentError } from "../errors.ts";
import type { Clock } from "./ports/clock.ts";
import type { ArrivalStore, ProgressStore, SeriesStore } from "./ports/series.ts";
import type { MuteStore, WatchStore } from "./ports/watches.ts";

/** What a person says when a watch is to be added. */
export interface WatchRequest extends Partial<Rules> {
  readonly workspace: string;
  readonly app?: string;
  readonly appName?: string;
  readonly segment?: string;
  readonly segmentName?: string;
  readonly unit: Unit;
  readonly channel: string;
  readonly quiet?: QuietHours;
}

export interface WatchingDeps {
  readonly watches: WatchStore;
  readonly series: Pick<SeriesStore, "remove">;
  readonly progress: Pick<ProgressStore, "remove">;
  readonly arrivals: Pick<ArrivalStore, "remove">;
  readonly mutes: Pick<MuteStore, "remove">;
  /** Asks Braze for one point, which throws when it does not know an id. Left out: ids are not looked up. */
  readonly probe?: (series: SeriesRef) => Promise<unknown>;
  readonly clock: Clock;
}

const CHANNEL_PATTERN = /^[CGD][A-Z0-9]{6,}$/;

/** Adds a watch. Throws InputError when an id is malformed or unknown to Braze, or when there is such a watch. */
export async function addWatch(
  request: WatchRequest,
  { watches, probe, clock }: WatchingDeps,
): Promise<Watch> {
  const { workspace, app, segment, unit, channel } = request;
  checkId("app", app);
  checkId("segment", segment);
  if (!CHANNEL_PATTERN.test(channel)) {
    throw new InputError(
      `"${channel}" is no Slack channel id: open the channel's details in Slack and copy the id at the bottom, such as C0123456789`,
    );
  }
  const series: SeriesRef = { workspace, ...(app && { app }), ...(segment && { segment }), unit };
  const known = await watches.all();
  const appName = request.appName ?? app ?? "All apps";
  const segmentName = request.segmentName ?? segment;
  const watch: Watch = {
    ...defaultRules,
    ...rulesOf(request),
    id: watchId(appName, segmentName, new Set(known.map(({ id }) => id))),
    series,
    appName,
    ...(segmentName && { segmentName }),
    channel,
    createdAt: clock(),
    ...(request.quiet && { quiet: request.quiet }),
  };
  const twin = known.find((other) => isSameWatch(other, watch));
  if (twin) {
    throw new InputError(
      `${twin.id} already watches ${watchTitle(twin)} for ${channel}: remove it first (npm run watch -- remove ${twin.id}), or name another channel`,
    );
  }
  await askBraze(series, probe);
  await watches.save(watch);
  return watch;
}

/** Removes a watch, and the history of its series when nobody else looks at it. Throws InputError when there is none. */
export async function removeWatch(
  id: string,
  { watches, series, progress, arrivals, mutes }: WatchingDeps,
): Promise<Watch> {
  const watch = await watches.byId(id);
  if (!watch) {
    const ids = (await watches.all()).map((other) => other.id);
    throw new InputError(
      `there is no watch "${id}"${ids.length > 0 ? `; there are: ${ids.join(", ")}` : ""}`,
    );
  }
  await watches.remove(id);
  // Another watch may get its name.
  await mutes.remove({ kind: "watch", watch: id });
  const name = seriesId(watch.series);
  if ((await watches.forSeries(name)).length === 0) {
    await progress.remove(name);
    await arrivals.remove(name);
    await series.remove(name);
  }
  return watch;
}

function checkId(what: "app" | "segment", id: string | undefined): void {
  if (id === undefined) return;
  if (id === "all" || !ID_PATTERN.test(id)) {
    throw new InputError(
      `"${id}" is no Braze ${what} id: copy the API identifier from Braze under Settings → APIs and Identifiers${
        what === "app" ? "; leave it out to watch all apps" : " → Segments; leave it out to watch everybody"
      }`,
    );
  }
}

async function askBraze(series: SeriesRef, probe: WatchingDeps["probe"]): Promise<void> {
  try {
    await probe?.(series);
  } catch (error) {
    if (error instanceof PermanentError)
      throw new InputError(`${error.message}. ${error.advice}`, { cause: error });
    throw error;
  }
}

const rulesOf = ({ direction, sensitivity, minRelativeChange, minAbsoluteChange }: Partial<Rules>) => ({
  ...(direction && { direction }),
  ...(sensitivity && { sensitivity }),
  ...(minRelativeChange !== undefined && { minRelativeChange }),
  ...(minAbsoluteChange !== undefined && { minAbsoluteChange }),
});
