import type { Pool } from "../../metrics/metric.ts";
import { brazeMetricOf } from "../../metrics/metrics.ts";
import { roomLeft } from "../../series/api-quota.ts";
import { partsOf, withParts } from "../../series/ratio.ts";
import { type SeriesRef, seriesRef } from "../../series/series.ts";
import type { Context } from "../context.ts";

const SMALL: Pool = "purchases";

/** Whether a series, or a part of a ratio, is read from the small pool that purchases and lists share. */
export const isOfSmallPool = (ref: SeriesRef): boolean =>
  (partsOf(ref) ?? [ref]).some((part) => brazeMetricOf(part).pool === SMALL);

/** How many more series of purchases and revenue fit in a workspace's pool. */
export async function poolRoom(
  workspace: string,
  { watches, quotas, workspaces, clock }: Pick<Context, "watches" | "quotas" | "workspaces" | "clock">,
): Promise<number> {
  const [ids, quota] = await Promise.all([watches.seriesIds(), quotas.of(workspace, SMALL, clock())]);
  const read = withParts(ids)
    .map(seriesRef)
    .filter((ref) => ref.workspace === workspace && !partsOf(ref) && isOfSmallPool(ref));
  const reserve = workspaces.find(({ name }) => name === workspace)?.quotaReserve ?? 0;
  return roomLeft(read, quota, reserve);
}
