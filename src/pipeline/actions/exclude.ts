import { InputError } from "../../errors.ts";
import { excludedBuckets, exclusionId } from "../../series/excluded-hours.ts";
import { seriesId } from "../../series/series.ts";
import type { Changed } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Instant } from "../../time/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Profiles } from "../ports/profiles.ts";
import type { ExclusionStore } from "../ports/teaching.ts";
import type { WatchStore } from "../ports/watches.ts";
import { setExclusion } from "./label.ts";

export interface ExcludingDeps {
  readonly exclusions: ExclusionStore;
  readonly watches: Pick<WatchStore, "byId">;
  readonly profiles: Profiles;
  readonly clock: Clock;
}

/** What a person says when hours are no example: the series of this watch, from an instant to before another. */
export interface ExclusionRequest {
  readonly watchId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly by: string;
}

/** Takes a range of buckets out of what is judged and learned. Throws InputError when it is none, or too long. */
export async function exclude(
  { watchId, from, to, by }: ExclusionRequest,
  deps: ExcludingDeps,
): Promise<Changed> {
  const id = seriesId((await watchOf(watchId, deps)).series);
  const { unit, zone } = (await deps.profiles())(id);
  const buckets = excludedBuckets(from, to, unit, zone);
  if (typeof buckets === "string") throw new InputError(buckets);
  const name = exclusionId(buckets, unit);
  const at = deps.clock();
  return setExclusion(id, name, { id: name, seriesId: id, ...buckets, because: "hand", by, at }, deps);
}

/** Takes an exclusion back. Throws InputError when there is none of that name. */
export async function include(watchId: string, id: string, deps: ExcludingDeps): Promise<Changed> {
  const series = seriesId((await watchOf(watchId, deps)).series);
  const all = await deps.exclusions.of(series);
  const found = all.find((one) => one.id === id);
  if (!found) {
    const byHand = all.filter(({ because }) => because === "hand").map((one) => one.id);
    throw new InputError(
      `nothing called "${id}" is excluded from ${watchId}${byHand.length > 0 ? `; there are: ${byHand.join(", ")}` : ""}`,
    );
  }
  if (found.because !== "hand")
    throw new InputError(`${id} is excluded since it was labelled: change the label of that incident`);
  return setExclusion(series, id, undefined, deps);
}

async function watchOf(watchId: string, { watches }: ExcludingDeps): Promise<Watch> {
  const watch = await watches.byId(watchId);
  if (!watch) throw new InputError(`there is no watch "${watchId}"`);
  return watch;
}
