import { timingOf } from "../../series/due.ts";
import { firstLook, lateAfter } from "../../series/ingestion-delay.ts";
import { breadthOf, isPartOf, type SeriesRef, seriesId, seriesRef } from "../../series/series.ts";
import { type Bucket, DAY, HOUR } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { History } from "../ports/series.ts";
import { unlessDamaged } from "./unless-damaged.ts";

/** A series with no session for longer may have been deleted at Braze: the data cannot tell. */
const LIVING = 2 * DAY;

/** How many other series are asked whether Braze has the hour. */
const MOST_WITNESSES = 10;

/**
 * Which of these hours, left out of a sound answer, had no sessions: those later than is usual for the series that
 * another series of the workspace already has. Never an hour in which a part of the series has sessions, since then the
 * whole is late; never in a series that Braze may have deleted; and none at all if the answer omits an hour that had
 * sessions before, since such an answer is not sound.
 */
export async function emptyAmong(
  ref: SeriesRef,
  hours: readonly Bucket[],
  context: Context,
): Promise<ReadonlySet<Bucket>> {
  const { series, ingestionDelays, neighbours, timing, clock } = context;
  const id = seriesId(ref);
  const usual = await ingestionDelays.of(id);
  const missingDataTimeout = HOUR + lateAfter(usual, firstLook(id, timingOf(ref, timing)));
  const late = usual ? hours.filter((hour) => clock() >= hour + missingDataTimeout) : [];
  if (late.length === 0) return new Set();
  const own = (await unlessDamaged(() => series.readHistory(id)))?.history;
  if (!own || hours.some((hour) => hadSessions(own, hour, hour + HOUR))) return new Set();
  const living = late.filter((hour) => hadSessions(own, hour - LIVING, hour));

  const others = (await neighbours(ref.workspace)).filter((other) => other !== id);
  const parts = others.filter((other) => isPartOf(seriesRef(other), ref));
  const witnesses = others
    .filter((other) => !parts.includes(other))
    .sort((a, b) => breadthOf(seriesRef(b)) - breadthOf(seriesRef(a)))
    .slice(0, MOST_WITNESSES);
  const there = await hoursWithSessions(witnesses, living, context);
  const inParts = await hoursWithSessions(parts, [...there], context);
  return new Set([...there].filter((hour) => !inParts.has(hour)));
}

/** The hours in which one of the series had sessions. */
async function hoursWithSessions(
  ids: readonly string[],
  hours: readonly Bucket[],
  { series, progress }: Pick<Context, "series" | "progress">,
): Promise<Set<Bucket>> {
  const found = new Set<Bucket>();
  const first = Math.min(...hours);
  for (const id of ids) {
    if (found.size === hours.length) break;
    const { collectedThrough = Number.NEGATIVE_INFINITY } = (await progress.of(id)) ?? {};
    const history =
      collectedThrough >= first ? (await unlessDamaged(() => series.readHistory(id)))?.history : undefined;
    for (const hour of hours) if (history && hadSessions(history, hour, hour + HOUR)) found.add(hour);
  }
  return found;
}

/** Whether there was a session from one hour up to another. */
const hadSessions = ({ first, values }: History, from: Bucket, before: Bucket): boolean =>
  values
    .slice(Math.max(0, (from - first) / HOUR), Math.max(0, (before - first) / HOUR))
    .some((count) => count !== undefined && count > 0);
