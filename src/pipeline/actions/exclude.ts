import { InputError } from "../../errors.ts";
import { excludedBuckets, exclusionId } from "../../series/excluded-hours.ts";
import { seriesId } from "../../series/series.ts";
import type { Changed } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Instant } from "../../time/time.ts";
import { commit, type Made } from "../changes/change.ts";
import type { Context } from "../context.ts";

/** An exclusion that was added or removed. */
type ExclusionChanged = Extract<Changed, { kind: "exclusion" }>;

/** A request to exclude hours: the series of this watch, from an instant up to another. */
export interface ExclusionRequest {
  readonly watchId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly by: string;
}

/** Excludes a range of buckets from evaluation and learning. Throws InputError when the range is empty or too long. */
export async function exclude(
  { watchId, from, to, by }: ExclusionRequest,
  context: Context,
): Promise<Made<ExclusionChanged>> {
  const series = seriesId((await watchOf(watchId, context)).series);
  const { unit, zone } = (await context.profiles())(series);
  const buckets = excludedBuckets(from, to, unit, zone);
  if (typeof buckets === "string") throw new InputError(buckets);
  const id = exclusionId(buckets, unit);
  const plan = async (): Promise<ExclusionChanged> => {
    const before = (await context.exclusions.of(series)).find((one) => one.id === id);
    const after = { id, seriesId: series, ...buckets, because: "hand", by, at: context.clock() } as const;
    return { kind: "exclusion", seriesId: series, id, ...(before && { before }), after };
  };
  return commit(plan, by, context);
}

/** Removes an exclusion. Throws InputError when it does not exist. */
export async function include(
  watchId: string,
  id: string,
  by: string,
  context: Context,
): Promise<Made<ExclusionChanged>> {
  const series = seriesId((await watchOf(watchId, context)).series);
  const plan = async (): Promise<ExclusionChanged> => {
    const all = await context.exclusions.of(series);
    const before = all.find((one) => one.id === id);
    if (!before) {
      const byHand = all.filter(({ because }) => because === "hand").map((one) => one.id);
      throw new InputError(
        `${watchId} has no excluded hours "${id}"${byHand.length > 0 ? `. Use one of: ${byHand.join(", ")}` : ""}`,
      );
    }
    if (before.because !== "hand")
      throw new InputError(`${id} is excluded because of a label. Change the label of that incident`);
    return { kind: "exclusion", seriesId: series, id, before };
  };
  return commit(plan, by, context);
}

async function watchOf(watchId: string, { watches }: Context): Promise<Watch> {
  const watch = await watches.byId(watchId);
  if (!watch) throw new InputError(`there is no watch "${watchId}"`);
  return watch;
}
