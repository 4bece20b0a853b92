import { type Bucket, DAY, HOUR, type Instant, type Unit } from "../time/time.ts";
import { localInstant } from "../time/zone.ts";
import { type EventScope, eventId } from "./planned-events.ts";
import type { SeriesRef } from "./series.ts";

/**
 * Something that people changed in the product: a release, a deployment, a price. It is shown beside incidents; it never
 * mutes, and no verdict depends on it.
 */
export interface ProductChange {
  readonly id: string;
  readonly name: string;
  /** When it took effect. */
  readonly time: Instant;
  /** What it can have moved: everything; a workspace; or one app of it. */
  readonly scope: EventScope;
  /** Where to read more: an https address. */
  readonly link?: string;
  /** Who recorded it, and when; `WEBHOOK` for those of `POST /changes`. */
  readonly by: string;
  readonly at: Instant;
}

/** The author of the product changes that come by `POST /changes`. */
export const WEBHOOK = "A webhook";

/** The id of a product change that a person recorded, made from its name and its time. */
export const productChangeId = eventId;

/** For how long after a product change an incident may begin that names it. */
const REACH: Readonly<Record<Unit, number>> = { hour: 6 * HOUR, day: DAY };

/** Whether a product change can have moved a series: the sum over all apps counts each of them. */
export const canMove = (
  { scope }: Pick<ProductChange, "scope">,
  { workspace, app }: Pick<SeriesRef, "workspace" | "app">,
): boolean =>
  (scope.workspace === undefined || scope.workspace === workspace) &&
  (scope.app === undefined || app === undefined || scope.app === app);

/**
 * The product changes (or sends) that can have moved a series and took effect shortly before the end of a bucket, newest
 * first. @param reach how long before its start
 */
export function changesBefore<Change extends Pick<ProductChange, "id" | "time" | "scope">>(
  bucket: Bucket,
  series: Pick<SeriesRef, "workspace" | "app" | "unit">,
  zone: string,
  changes: readonly Change[],
  reach = REACH,
): Change[] {
  const { unit } = series;
  // A day bucket is named by the UTC midnight of its date, and starts by the clock of its zone.
  const begin = unit === "hour" ? bucket : localInstant(zone, bucket);
  const end = unit === "hour" ? bucket + HOUR : localInstant(zone, bucket + DAY);
  return changes
    .filter((change) => canMove(change, series) && change.time >= begin - reach[unit] && change.time < end)
    .toSorted((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1));
}
