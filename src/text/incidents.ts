import { impactOf, type Score } from "../detector/verdict/verdict.ts";
import type { Member } from "../incidents/alert-group.ts";
import { beganAt, hoursOf, isEasing, isNewNormal, type Unwatched } from "../incidents/incident.ts";
import { type Measured, metricOf, summedOf, wordsOf } from "../metrics/metrics.ts";
import { muteToShow } from "../notifications/decide.ts";
import type { Notification } from "../notifications/notification.ts";
import type { SeriesRef } from "../series/series.ts";
import { TIDEWATCH } from "../settings/change.ts";
import { titleNames } from "../settings/watch.ts";
import { stepOf } from "../time/time.ts";
import { labelWords } from "./labels.ts";
import {
  amount,
  change,
  changeBy,
  count,
  counted,
  expectedRange,
  numbersOf,
  ofMetric,
  times,
} from "./numbers.ts";
import { channel, joined, name, person, type Text, text, time } from "./text.ts";
import { lasting } from "./times.ts";

/** The state of an incident as its message shows it. */
export type State = "open" | "easing" | "resolved" | "settled" | "retracted" | "missed" | "unwatched";

/**
 * `missed`: the incident ended before anyone was notified. `easing`: its latest bucket was as expected. `settled`: it
 * ended at a new level. `retracted`: its hours were read again and are as expected. `unwatched`: its watch was removed
 * or posts in another channel now.
 */
export function stateOf({ reason, incident }: Pick<Notification, "reason" | "incident">): State {
  if (incident.unwatched) return "unwatched";
  if (incident.retracted !== undefined) return "retracted";
  if (reason === "missed") return "missed";
  if (isNewNormal(incident)) return "settled";
  if (incident.resolvedAt !== undefined) return "resolved";
  return isEasing(incident) ? "easing" : "open";
}

const words = {
  drop: {
    arrow: "⬇️",
    Noun: "Drop",
    noun: "drop",
    moved: "down",
    fewer: "fewer",
    furthest: "at worst",
    Furthest: "Lowest",
  },
  spike: {
    arrow: "⬆️",
    Noun: "Spike",
    noun: "spike",
    moved: "up",
    fewer: "more",
    furthest: "at its peak",
    Furthest: "Highest",
  },
} as const;

/** The words for a direction. Color is never the only sign of it. */
export const wordsFor = ({ incident }: Pick<Notification, "incident">) => words[incident.direction];

/** The name that people use: `iOS · New users`; `iOS (daily)` where hours could be meant, too. */
export function titleOf({ watch }: Pick<Notification, "watch">): Text {
  const { series } = watch;
  const names = joined(
    titleNames(watch).map((typed) => [name(typed)]),
    " · ",
  );
  const isAmbiguous = series.unit === "day" && metricOf(series).units.length > 1;
  return isAmbiguous ? text`${names} (daily)` : names;
}

/** `610 sessions, expected 1,105–1,382`; of several hours together where they decided. */
export function against(score: Score, series: Measured & Partial<Pick<SeriesRef, "unit">>): string {
  const numbers = numbersOf(score);
  const within = numbers.buckets > 1 ? ` in ${counted(numbers.buckets, series.unit ?? "hour")}` : "";
  return `${ofMetric(numbers.observed, series)}${within}, expected ${expectedRange(numbers, series)}`;
}

/** `−51%: 610 sessions, expected 1,105–1,382`. */
export function changeAgainst(score: Score, series: Measured): string {
  const by = change(numbersOf(score));
  return by ? `${by}: ${against(score, series)}` : against(score, series);
}

/** `78% at worst`; the worst count where nothing was expected. */
export function depthOf({
  incident: { worst, direction },
  watch,
}: Pick<Notification, "incident" | "watch">): string {
  const numbers = numbersOf(worst);
  return `${changeBy(numbers, direction) ?? ofMetric(numbers.observed, watch.series)} ${words[direction].furthest}`;
}

/**
 * How far it is from what was expected since it opened: `about 3,061 fewer`, of a ratio what its numerator lost: `about 41
 * fewer purchases`. Noise in the other direction counts as none.
 */
export function differenceOf({
  incident,
  watch: { series },
}: Pick<Notification, "incident" | "watch">): string {
  const { balance, direction, latest } = incident;
  const summed = summedOf(series);
  // The same users are counted every day.
  const difference = metricOf(summed).kind === "level" ? impactOf(latest).balance : balance;
  const size = Math.max(0, direction === "drop" ? -difference : difference);
  const of = series.per ? ` ${wordsOf(summed)[1]}` : "";
  return `about ${amount(size, summed)} ${fewerOf({ incident, watch: { series } })}${of}`;
}

/** `fewer`, of money `less`; `more` of both. */
export const fewerOf = ({
  incident: { direction },
  watch: { series },
}: {
  readonly incident: Pick<Notification["incident"], "direction">;
  readonly watch: { readonly series: Measured };
}): string => (direction === "drop" && /money/.test(metricOf(series).kind) ? "less" : words[direction].fewer);

/** The duration so far: `3 hours`. */
export const durationOf = ({
  incident,
  watch: { series },
}: Pick<Notification, "incident" | "watch">): string =>
  lasting(hoursOf(incident, stepOf(series.unit)), series.unit);

/** `about 640 sessions an hour, 1,240 were expected`, over the whole incident. */
export function levelOf({ incident, watch: { series } }: Pick<Notification, "incident" | "watch">): string {
  const { lastAnomalousBucket, expected, balance, latest } = incident;
  if (series.per) {
    const level = latest.expected * (1 + balance / Math.max(1, expected));
    return `about ${ofMetric(level, series)}, ${amount(latest.expected, series)} were expected`;
  }
  const buckets = (lastAnomalousBucket - beganAt(incident)) / stepOf(series.unit) + 1;
  const unit = series.unit === "day" ? "a day" : "an hour";
  return `about ${ofMetric((expected + balance) / buckets, series)} ${unit}, ${amount(expected / buckets, series)} were expected`;
}

/** `Braze corrected the hours since 13:00, which have 3,120 sessions; 3,098 were expected`. */
export function correctedHours(notification: Notification): Text {
  const { incident, watch } = notification;
  const { expected, balance } = incident;
  return text`Braze corrected the ${unitOf(notification)}s since ${sinceWhen(notification)}, which have ${ofMetric(expected + balance, summedOf(watch.series))}; ${amount(expected, summedOf(watch.series))} were expected`;
}

/** When its first bucket began. */
export const sinceWhen = ({ incident, watch }: Pick<Notification, "incident" | "watch">) =>
  time(beganAt(incident), watch.series.unit);

/** When the first normal bucket began. */
export const normalSince = ({ incident, watch: { series } }: Pick<Notification, "incident" | "watch">) =>
  time(incident.lastAnomalousBucket + stepOf(series.unit), series.unit);

/** `hour` or `day`. */
export const unitOf = ({ watch }: Pick<Notification, "watch">) => watch.series.unit;

/** The anomaly score and its basis: `Anomaly score 7.4 over 3 hours together; 8 weeks of history`. */
export function scoreWords({ incident: { worst }, watch: { series }, alertContext }: Notification): string {
  const { anomalyScore, window } = worst;
  const span = window > 1 ? `over ${count(window)} ${series.unit}s together` : `in one ${series.unit}`;
  const history = alertContext ? `; ${counted(alertContext.weeks, "week")} of history` : "";
  return Number.isNaN(anomalyScore)
    ? "Anomaly score unknown"
    : `Anomaly score ${times(anomalyScore)} ${span}${history}`;
}

/** `not acknowledged after 4 hours`; the last reminder says so. */
export const reminderNote = ({ reason }: Pick<Notification, "reason">, duration: string): string =>
  `${reason === "last-reminder" ? "last reminder, " : ""}not acknowledged after ${duration}`;

/** What follows the last reminder. */
export const lastReminder = ({ reason }: Pick<Notification, "reason">): Text[] =>
  reason === "last-reminder" ? [["This is the last reminder. Changes are still posted."]] : [];

/** `Acknowledged by ada, Tue 16 Jun 13:15 UTC`; empty without an acknowledgement. */
export function acknowledgedBy(members: readonly Member[]): Text[] {
  const [last] = members
    .flatMap(({ incident }) => incident.acknowledged ?? [])
    .toSorted((a, b) => b.at - a.at);
  return last ? [text`Acknowledged by ${person(last.by)}, ${time(last.at)}`] : [];
}

/** The most mutes that one message names. */
const MOST_MUTES = 3;

/**
 * `Muted until Tue 16 Jun 14:15 UTC by ada`, with the names of the muted where others are not; each mute once, empty
 * without one.
 */
export function mutedBy(members: readonly Member[]): Text[] {
  const open = members.filter(({ incident }) => incident.resolvedAt === undefined);
  const muted = open.filter((member) => muteToShow(member) !== undefined);
  return [...Map.groupBy(muted, muteToShow).values()].slice(0, MOST_MUTES).map((its) => {
    const { until, by } = its[0]!.suppression!;
    const end = until === undefined ? text`until it recovers` : text`until ${time(until)}`;
    const names = joined(
      its.map((member) => titleOf(member)),
      ", ",
    );
    const what = its.length < open.length ? text`${names} muted` : text`Muted`;
    return text`🔕 ${what} ${end}${by === undefined ? [] : text` by ${person(by)}`}`;
  });
}

/** `Accepted as the new normal by ada`, without a name when Tidewatch did so itself. */
export const acceptedBy = ({ incident: { accepted } }: Pick<Notification, "incident">): Text =>
  !accepted || accepted.by === TIDEWATCH
    ? text`Accepted as the new normal`
    : text`Accepted as the new normal by ${person(accepted.by)}`;

/** `no longer watched`, or the channel in which the watch posts now. */
export function whereNow({ movedTo, isUnconfigured, watch }: Unwatched): Text {
  if (movedTo) return text`alerts are now posted in ${channel(movedTo)}`;
  return isUnconfigured
    ? text`no longer watched: workspace ${name(watch.series.workspace)} is no longer configured`
    : text`no longer watched`;
}

/** `Removed by ada, Tue 16 Jun 13:15 UTC`; empty while every watch exists and posts here. */
export function removedBy(members: readonly Member[]): Text[] {
  const [last] = members.flatMap(({ incident }) => incident.unwatched ?? []).toSorted((a, b) => b.at - a.at);
  if (!last?.by) return [];
  return [text`${last.movedTo ? "Moved" : "Removed"} by ${person(last.by)}, ${time(last.at)}`];
}

/** `Labeled real by ada, Tue 16 Jun 13:15 UTC`; empty without a label. */
export function labelledBy(members: readonly Member[]): Text[] {
  const [last] = members.flatMap(({ incident }) => incident.labelled ?? []).toSorted((a, b) => b.at - a.at);
  if (!last) return [];
  return [text`Labeled ${labelWords[last.label].name.toLowerCase()} by ${person(last.by)}, ${time(last.at)}`];
}
