import type { Score } from "../../../detector/verdict.ts";
import type { Member } from "../../../incidents/alert-group.ts";
import { hoursOf, isEasing, isNewNormal, type Unwatched } from "../../../incidents/incident.ts";
import type { Notification } from "../../../notifications/notification.ts";
import { TIDEWATCH } from "../../../settings/change.ts";
import { stepOf } from "../../../time/time.ts";
import { link, mention } from "../blocks/links.ts";
import { safeName } from "../blocks/names.ts";
import { change, count, expectedRange, times } from "../blocks/numbers.ts";
import { lasting, localTime, localWhen } from "../blocks/when.ts";
import { labelWords } from "./label-words.ts";

/** The state of an incident as its message shows it. */
export type State = "open" | "easing" | "resolved" | "settled" | "retracted" | "missed" | "unwatched";

/**
 * `missed`: the incident ended before anyone was notified. `easing`: its latest bucket was as expected. `settled`: it
 * ended at a new level. `retracted`: its hours were read again and are as expected. `unwatched`: its watch was removed
 * or posts in another channel now.
 */
export function stateOf({ reason, incident }: Notification): State {
  if (incident.unwatched) return "unwatched";
  if (incident.retracted !== undefined) return "retracted";
  if (reason === "missed") return "missed";
  if (isNewNormal(incident)) return "settled";
  if (incident.resolvedAt !== undefined) return "resolved";
  return isEasing(incident) ? "easing" : "open";
}

const words = {
  drop: { arrow: "⬇️", Noun: "Drop", noun: "drop", lost: "lost", Lost: "Lost" },
  spike: { arrow: "⬆️", Noun: "Spike", noun: "spike", lost: "gained", Lost: "Gained" },
} as const;

/** The words for a direction. Color is never the only sign of it. */
export const wordsFor = ({ incident }: Pick<Notification, "incident">) => words[incident.direction];

/** The name that people use: `iOS · New users`, each part at most `max` long. */
export const titleOf = (
  { watch: { appName, segmentName } }: Pick<Notification, "watch">,
  max: number,
): string =>
  (segmentName ? [appName, segmentName] : [appName]).map((name) => safeName(name, max)).join(" · ");

/** `610 sessions, expected 1,105–1,382`. */
export const against = (score: Score): string =>
  `${count(score.observed)} sessions, expected ${expectedRange(score)}`;

/** `−51 %: 610 sessions, expected 1,105–1,382`. */
export function changeAgainst(score: Score): string {
  const by = change(score);
  return by ? `${by}: ${against(score)}` : against(score);
}

/**
 * `−51 % since 09:00`; `since` has the form that fits the text. While it eases, the current deviation is misleading.
 */
export function changeSince(notification: Notification, since: string): string {
  const by = stateOf(notification) === "easing" ? undefined : change(notification.incident.latest);
  return by ? `${by} since ${since}` : `since ${since}`;
}

/** `−78 % at worst`; the worst count where nothing was expected. */
export function depthOf({ incident: { worst, direction } }: Pick<Notification, "incident">): string {
  const depth = change(worst) ?? `${count(worst.observed)} sessions`;
  return `${depth} ${direction === "drop" ? "at worst" : "at its peak"}`;
}

/** The sessions lost or gained since the incident opened. Noise in the other direction counts as none. */
export const balanceOf = ({ incident: { balance, direction } }: Notification): string =>
  count(Math.max(0, direction === "drop" ? -balance : balance));

/** The duration so far: `3 hours`. */
export const durationOf = ({ incident, watch: { series } }: Notification): string =>
  lasting(hoursOf(incident, stepOf(series.unit)), series.unit);

/** `about 640 sessions an hour where 1,240 were expected`, over the whole incident. */
export function levelOf({ incident, watch: { series } }: Pick<Notification, "incident" | "watch">): string {
  const { openedAt, lastBucket, expected, balance } = incident;
  const buckets = (lastBucket - openedAt) / stepOf(series.unit) + 1;
  const unit = series.unit === "day" ? "a day" : "an hour";
  return `about ${count((expected + balance) / buckets)} sessions ${unit} where ${count(expected / buckets)} were expected`;
}

/** `Braze corrected the hours since 13:00: 3,120 sessions, expected 3,098`. */
export function correctedHours({ incident, watch: { series } }: Notification, since: string): string {
  const { expected, balance } = incident;
  return `Braze corrected the ${series.unit}s since ${since}: ${count(expected + balance)} sessions, expected ${count(expected)}`;
}

/** When its first bucket began, in the reader's time. */
export const sinceWhen = ({ incident, watch: { series } }: Notification): string =>
  localWhen(incident.openedAt, series.unit);

/** When the first normal bucket began, in the reader's time. */
export const calmSince = ({ incident, watch: { series } }: Notification): string =>
  localWhen(incident.lastAnomalousBucket + stepOf(series.unit), series.unit);

/** The confidence: `7.4 times this series' usual surprise, in one hour alone; 8 weeks are known`. */
export function sureness({ incident: { worst }, watch: { series }, alertContext }: Notification): string {
  const { anomalyScore, window } = worst;
  const span = window > 1 ? `over ${count(window)} ${series.unit}s together` : `in one ${series.unit} alone`;
  const history = alertContext
    ? `; ${alertContext.weeks === 1 ? "1 week is" : `${count(alertContext.weeks)} weeks are`} known`
    : "";
  return Number.isNaN(anomalyScore)
    ? `Seen ${span}${history}`
    : `${times(anomalyScore)} times this series' usual surprise, ${span}${history}`;
}

/** The end of the last reminder. */
export const lastWord = ({ reason }: Notification): string =>
  reason === "last-reminder" ? ". This is the last reminder; what is new will still be said" : "";

/** `Acknowledged by ada, Tue 16 Jun 13:15 UTC`, in the reader's time; empty without an acknowledgement. */
export function acknowledgedBy(members: readonly Member[]): string[] {
  const [last] = members
    .flatMap(({ incident }) => incident.acknowledged ?? [])
    .toSorted((a, b) => b.at - a.at);
  if (!last) return [];
  return [`Acknowledged by ${personOf(last.by)}, ${localTime(last.at)}`];
}

/** `Taken for normal by ada`, without a name when Tidewatch did so itself. */
export const acceptedBy = ({ incident: { accepted } }: Pick<Notification, "incident">): string =>
  !accepted || accepted.by === TIDEWATCH
    ? "Taken for normal"
    : `Taken for normal by ${personOf(accepted.by)}`;

/** `no longer watched`, or the channel in which the watch posts now. */
export function whereNow({ movedTo, isUnconfigured, watch }: Unwatched): string {
  if (movedTo) return `alerted on in <#${movedTo}> from now on`;
  return isUnconfigured
    ? `no longer watched: workspace ${safeName(watch.series.workspace, 40)} is not configured any more`
    : "no longer watched";
}

/** `Removed by ada, Tue 16 Jun 13:15 UTC`; empty while every watch exists and posts here. */
export function removedBy(members: readonly Member[]): string[] {
  const [last] = members.flatMap(({ incident }) => incident.unwatched ?? []).toSorted((a, b) => b.at - a.at);
  if (!last?.by) return [];
  return [`${last.movedTo ? "Moved" : "Removed"} by ${personOf(last.by)}, ${localTime(last.at)}`];
}

/** A person: mentioned where Slack knows the id, otherwise by the given name. */
export const personOf = (by: string): string => mention(by) ?? safeName(by, 40);

/** `Labelled real by ada, Tue 16 Jun 13:15 UTC`; empty without a label. */
export function labelledBy(members: readonly Member[]): string[] {
  const [last] = members.flatMap(({ incident }) => incident.labelled ?? []).toSorted((a, b) => b.at - a.at);
  if (!last) return [];
  return [
    `Labelled ${labelWords[last.label].name.toLowerCase()} by ${personOf(last.by)}, ${localTime(last.at)}`,
  ];
}

/**
 * The owners to mention: those of open, critical incidents that nobody labelled as expected. At most ten, each once.
 */
export function ownersToCall(members: readonly Member[]): string[] {
  const owners = members
    .filter(
      ({ incident: { severity, resolvedAt, labelled } }) =>
        severity === "critical" &&
        resolvedAt === undefined &&
        (labelled === undefined || labelled.label === "real"),
    )
    .flatMap(({ watch }) => (watch.owner && mention(watch.owner)) ?? []);
  return [...new Set(owners)].slice(0, 10);
}

/** Links to what to read or do next. */
export const linksOf = ({
  watch: { runbook },
  alertContext,
}: Pick<Notification, "watch" | "alertContext">): string[] => [
  ...(runbook ? [link(runbook, "Runbook")] : []),
  ...(alertContext?.dashboard ? [link(alertContext.dashboard, "Braze")] : []),
];
