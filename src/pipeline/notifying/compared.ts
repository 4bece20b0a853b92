import { verdictOf } from "../../detector/detector.ts";
import type { Member } from "../../incidents/alert-group.ts";
import { isOfSessions, metricOf } from "../../metrics/metrics.ts";
import type { PartMoved } from "../../notifications/context.ts";
import { replayCooperatively } from "../../reports/replay.ts";
import { partsOf } from "../../series/ratio.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import { defaultRules, type Watch } from "../../settings/watch.ts";
import { numbersOf } from "../../text/numbers.ts";
import { type Bucket, stepOf } from "../../time/time.ts";
import { replayInputOf } from "../actions/feedback.ts";
import type { Context } from "../context.ts";
import { runCooperatively } from "../reports/cooperative.ts";

type Compared = Pick<Member, "incident" | "watch">;

type Reading = Pick<Context, "series" | "exclusions" | "profiles">;

/** The buckets that decided. */
export interface Newest {
  readonly last: Bucket;
  readonly buckets: number;
}

/** The buckets that decided about an incident. */
export const newestOf = ({ incident }: Pick<Member, "incident">): Newest => ({
  last: incident.lastBucket,
  buckets: numbersOf(incident.latest).buckets,
});

/**
 * How two series did side by side in the buckets that decided, by the rules of a usual watch: the parts of a ratio, or
 * what moved and the sessions that it comes from. Orders that fall while sessions do not tell a broken checkout from a
 * quiet day. Empty where one series is not known, or sessions are an incident of the same message.
 */
export async function comparedParts(
  lead: Compared,
  members: readonly Compared[],
  context: Reading,
): Promise<readonly PartMoved[]> {
  const member = toCompare(lead, members);
  const { series } = member.watch;
  const isShown = (part: SeriesRef) =>
    members.some(({ watch }) => isOfSessions(watch.series) && seriesId(watch.series) === seriesId(part));
  const parts = partsOf(series) ?? besideSessions(series);
  if (!series.per && parts.some(isShown)) return [];
  const moved = await Promise.all(parts.map((part) => movedBy(part, newestOf(member), context)));
  const isOneApp = new Set([lead, ...members].map(({ watch }) => watch.series.app)).size === 1;
  const known = moved.flatMap((one) =>
    one ? { ...one, ...(!isOneApp && { appName: member.watch.appName }) } : [],
  );
  return series.per || known.length === parts.length ? known : [];
}

/** A ratio, else what goes by a name of its own, else the lead: all of them open. */
function toCompare(lead: Compared, members: readonly Compared[]): Compared {
  const open = [lead, ...members].filter(({ incident }) => incident.resolvedAt === undefined);
  return (
    open.find(({ watch }) => watch.series.per) ?? open.find(({ watch }) => isNamed(watch)) ?? open[0] ?? lead
  );
}

const isNamed = ({ series }: Pick<Watch, "series">): boolean => metricOf(series).item?.isRequired === true;

/** What sessions bring about, and the sessions; none for sessions themselves, and for levels. */
function besideSessions(series: SeriesRef): readonly SeriesRef[] {
  const { kind, hasApp } = metricOf(series);
  if (isOfSessions(series) || kind === "level" || !hasApp) return [];
  const { metric: _, item: __, ...sessions } = series;
  return [series, sessions];
}

/** How one series did in the buckets that decided. Undefined where it is not known, or not evaluated. */
export async function movedBy(
  part: SeriesRef,
  { last, buckets }: Newest,
  context: Reading,
): Promise<PartMoved | undefined> {
  const id = seriesId(part);
  const stored = await replayInputOf(id, context);
  if (!stored) return undefined;
  const step = stepOf(part.unit);
  const first = last - (buckets - 1) * step;
  const profile = (await context.profiles())(id);
  const { evidence } = await runCooperatively(replayCooperatively(stored, profile, first, first - step));
  const verdicts = evidence
    .filter(({ bucket }) => bucket <= last)
    .map((seen) => verdictOf(seen, defaultRules))
    .filter((verdict) => verdict.kind !== "not-evaluated");
  const newest = verdicts.at(-1);
  if (newest?.bucket !== last) return undefined;
  const sum = (of: "observed" | "expected") => verdicts.reduce((total, { score }) => total + score[of], 0);
  return {
    series: part,
    isAsExpected: newest.kind === "normal",
    observed: sum("observed"),
    expected: sum("expected"),
  };
}
