import type { Direction } from "../../detector/verdict/verdict.ts";
import type { HealthIssue } from "../../health/health-issue.ts";
import type { Member } from "../../incidents/alert-group.ts";
import type { Breakdown } from "../../incidents/breakdown.ts";
import { beganAt } from "../../incidents/incident.ts";
import { likelyCause } from "../../incidents/likely-cause.ts";
import { isOfSessions } from "../../metrics/metrics.ts";
import {
  type AlertContext,
  type Alike,
  daysOf,
  otherAppsOf,
  type PartMoved,
  relatedSeriesOf,
  weekBefore,
  weeksBetween,
} from "../../notifications/context.ts";
import { changesBefore } from "../../series/product-changes.ts";
import { seriesId } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import { stepOf } from "../../time/time.ts";
import { unlessDamaged } from "../collecting/unless-damaged.ts";
import type { Context } from "../context.ts";
import { breakdownOf, SESSIONS } from "./breakdown.ts";
import { comparedParts, newestOf } from "./compared.ts";
import { sendsBefore } from "./sends-before.ts";

/**
 * Reads the context of an incident: related series, other apps, planned events and the like. @param members the
 * incidents of its message
 */
export async function alertContextOf(
  { incident, watch, members = [] }: Member & { readonly members?: readonly Member[] },
  context: Context,
): Promise<AlertContext> {
  const id = seriesId(watch.series);
  const [all, stored, failures, profileOf, progressOf, productChanges, issues] = await Promise.all([
    context.watches.all(),
    unlessDamaged(() => context.series.readHistory(id)),
    context.failures.all(),
    context.profiles(),
    context.progress.all(),
    context.productChanges.all(),
    context.healthIssues.all(),
  ]);
  // Nobody knows whether a series without data fell too; one that is a bucket behind is about to be evaluated.
  const seen = all.filter(({ series }) => {
    const { evaluatedThrough } = progressOf.get(seriesId(series)) ?? {};
    return evaluatedThrough !== undefined && evaluatedThrough >= incident.openedAt - stepOf(series.unit);
  });
  const [relatedSeries, otherApps] = await Promise.all([
    alikeAmong(relatedSeriesOf(watch, seen), incident.direction, context),
    alikeAmong(otherAppsOf(watch, seen), incident.direction, context),
  ]);
  const { dashboard } = context.workspaces.find(({ name }) => name === watch.series.workspace) ?? {};
  const failure = failures.get(watch.series.workspace);
  const { unit } = watch.series;
  const newest = newestOf({ incident });
  const ofWeekAgo = stored && weekBefore(stored.history, newest, unit, profileOf(id).zone);
  // Ratios do not add up.
  const weekAgo = watch.series.per && ofWeekAgo !== undefined ? ofWeekAgo / newest.buckets : ofWeekAgo;
  const breakdown = await breakdownOf({ incident, watch }, context);
  const changes = changesBefore(beganAt(incident), watch.series, profileOf(id).zone, productChanges);
  const around = await sendsBefore(beganAt(incident), watch.series, profileOf(id).zone, context);
  const { sends } = around;
  const missing = incident.direction === "drop" ? around.missing : [];
  const parts = await comparedParts({ incident, watch }, members, context);
  const cause = likelyCause({
    direction: incident.direction,
    series: watch.series,
    otherApps: { alike: otherApps.alike.length, calm: otherApps.watched - otherApps.alike.length },
    isSourceLate: failure !== undefined || isLate(watch.series.workspace, all, issues),
    changes,
    sends,
    missing,
    ...(breakdown && { breakdown }),
    ...sessionsOf(parts, breakdown),
  });
  return {
    relatedSeries,
    otherApps,
    changes,
    sends,
    ...(missing.length > 0 && { missing }),
    parts,
    ...(cause && { cause }),
    ...daysOf({ incident }, profileOf(id)),
    ...(breakdown && { breakdown }),
    ...(dashboard && { dashboard }),
    ...(failure && { unreadableSince: failure.since }),
    ...(weekAgo !== undefined && { weekAgo }),
    weeks: stored ? weeksBetween(stored.history.first, stored.collectedThrough, unit) : 0,
  };
}

/** Whether hours of a workspace are late now. */
function isLate(workspace: string, watches: readonly Watch[], issues: readonly HealthIssue[]): boolean {
  const late = new Set(
    watches.filter(({ series }) => series.workspace === workspace).map(({ id }) => `late.${id}`),
  );
  return issues.some(({ id, overAt }) => overAt === undefined && (id === "late.many" || late.has(id)));
}

/** Whether the sessions of the same app did as expected, if that is known. */
function sessionsOf(
  parts: readonly PartMoved[],
  breakdown: Breakdown | undefined,
): { readonly sessionsAsExpected?: boolean } {
  const sessions =
    parts.find(({ series }) => isOfSessions(series)) ??
    breakdown?.metrics.find(({ name }) => name === SESSIONS);
  return sessions ? { sessionsAsExpected: sessions.isAsExpected } : {};
}

async function alikeAmong(
  watches: readonly Watch[],
  direction: Direction,
  { incidents }: Pick<Context, "incidents">,
): Promise<Alike> {
  const live = await Promise.all(watches.map(({ id }) => incidents.live(id)));
  const alike = watches.filter((_, i) =>
    live[i]!.some((other) => other.direction === direction && other.resolvedAt === undefined),
  );
  return { watched: watches.length, alike };
}
