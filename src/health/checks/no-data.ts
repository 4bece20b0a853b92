import { watermark } from "../../series/due.ts";
import { firstLook } from "../../series/ingestion-delay.ts";
import { text } from "../../text/text.ts";
import { endOf } from "../../time/calendar.ts";
import { HOUR, type Instant, stepOf } from "../../time/time.ts";
import { type Failing, type HealthCheck, nameOr } from "../check.ts";
import type { Facts, SeriesFacts } from "../facts.ts";
import { isOverdue, lastWithData } from "../no-data.ts";

type Read = Pick<Facts, "now" | "series" | "openIssues">;

/** Whether the people in each alert channel can rely on it: an alert channel without news looks like one where all is well. */
export const noDataChecks = {
  "no-data": {
    failing: (facts: Read) =>
      [...channelsIn(facts)].flatMap(([channel, series]) => withoutData(channel, series, facts) ?? []),
    title: (first, howMany) => text`No Braze data: ${nameOr(first, howMany, "watches")}`,
    consequence: "Tidewatch cannot alert on newer hours; it evaluates them as soon as there is data",
    passing: "every alert channel has data",
    // The hour is part of the check.
    grace: 0,
    mayPass: true,
    isNotice: true,
  },
} as const satisfies Record<string, HealthCheck>;

/** How long the watches of a channel may be without an evaluation. */
const UNSEEN = HOUR;

const channelsIn = ({ series }: Pick<Facts, "series">): Map<string, SeriesFacts[]> => {
  const channels = new Set(series.flatMap(({ watches }) => watches.map(({ channel }) => channel)));
  return new Map(
    [...channels].map((channel) => [
      channel,
      series.filter(({ watches }) => watches.some((watch) => watch.channel === channel)),
    ]),
  );
};

/** The workspaces of which no series in the channel has data; a single late series is a matter for the ops channel. */
function withoutData(
  channel: string,
  series: readonly SeriesFacts[],
  { now, openIssues }: Read,
): Failing | undefined {
  const isOpen = openIssues.has(`no-data.${channel}`);
  const started = series.filter((one) => lastWithData(one) !== undefined);
  const blind = [...Map.groupBy(started, ({ workspace }) => workspace).values()]
    .filter((all) => all.every((one) => isBlind(one, isOpen, now)))
    .flat();
  const newest = blind.toSorted((a, b) => endOfData(b) - endOfData(a))[0];
  if (!newest) return undefined;
  const { unit, zone, id, timing } = newest;
  const due = watermark(now, firstLook(id, timing), unit, zone);
  return {
    of: channel,
    what: blind.flatMap(({ watches }) =>
      watches.filter((watch) => watch.channel === channel).map(({ title }) => title),
    ),
    detail: "there has been no data that could be evaluated for more than an hour",
    advice: "The other health issues give the cause, and what to do.",
    since: endOfData(newest),
    missed: { buckets: (due - lastWithData(newest)!) / stepOf(unit), unit },
  };
}

const endOfData = (series: SeriesFacts): Instant => endOf(lastWithData(series)!, series.unit, series.zone);

/** Opens after an hour, and is over once every due bucket is evaluated. */
function isBlind(series: SeriesFacts, isOpen: boolean, now: Instant): boolean {
  const { id, unit, zone, timing } = series;
  const last = lastWithData(series)!;
  return isOpen
    ? last < watermark(now, firstLook(id, timing), unit, zone)
    : isOverdue(series, last + stepOf(unit), now, UNSEEN);
}
