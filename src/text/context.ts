import type { Direction } from "../detector/verdict/verdict.ts";
import { isOfSessions, type Measured, metricOf, wordsOf } from "../metrics/metrics.ts";
import type { AlertContext, Alike, PartMoved } from "../notifications/context.ts";
import type { Notification } from "../notifications/notification.ts";
import { type Watch, watchTitle } from "../settings/watch.ts";
import { appsAsExpected, breakdownLines } from "./breakdown.ts";
import { wordsFor } from "./incidents.ts";
import { likelyCauseText } from "./likely-cause.ts";
import { amount, change, count } from "./numbers.ts";
import { sendWords } from "./sends.ts";
import { joined, link, name, type Text, text, time } from "./text.ts";

/**
 * The context of an incident, so that people can guess its cause. @param listed the watches that the message names
 * anyway
 */
export function contextLines(
  { incident, watch, alertContext }: Pick<Notification, "incident" | "watch" | "alertContext">,
  listed: ReadonlySet<string> = new Set(),
): Text[] {
  if (!alertContext) return [];
  const { moved } = wordsFor({ incident });
  const apps = text`other apps`;
  const series = text`other series of ${name(watch.appName)}`;
  return [
    ...(alertContext.cause ? [likelyCauseText(alertContext.cause)] : []),
    ...partsLine(alertContext),
    ...breakdownOf(alertContext, incident.direction, watch.series),
    ...unreadable(alertContext),
    ...changesLine(alertContext),
    ...sendsLine(alertContext),
    ...missingLines(alertContext),
    ...alertContext.planned.slice(0, 3).map((planned) => text`Planned event: ${name(planned)}`),
    ...dayLine(alertContext),
    ...alikeLine(without(alertContext.relatedSeries, listed), moved, series),
    ...(areAppsNamedAsExpected(alertContext, incident.direction)
      ? []
      : alikeLine(without(alertContext.otherApps, listed), moved, apps)),
    ...noteOf(watch),
  ];
}

/** Whether the lines above already say that all other apps are as expected. */
function areAppsNamedAsExpected(
  { cause, breakdown, otherApps }: AlertContext,
  direction: Direction,
): boolean {
  if (otherApps.alike.length > 0) return false;
  if (cause?.kind === "release" && cause.isOnlyOneApp) return true;
  return breakdown !== undefined && appsAsExpected(breakdown, direction) >= otherApps.watched;
}

const without = ({ watched, alike }: Alike, listed: ReadonlySet<string>): Alike => {
  const others = alike.filter(({ id }) => !listed.has(id));
  return { watched: watched - (alike.length - others.length), alike: others };
};

/** `purchases −41%, sessions as expected`: which part of a ratio moved, or whether sessions moved too. */
function partsLine({ parts }: AlertContext): Text[] {
  const [first] = parts;
  if (!first) return [];
  // Where each by itself is as expected, their numbers say more.
  const isQuiet = parts.every(({ isAsExpected }) => isAsExpected);
  const words = joined(
    parts.map((part) => partWords(isQuiet ? { ...part, isAsExpected: false } : part)),
    ", ",
  );
  return [first.appName === undefined ? words : text`${name(first.appName)}: ${words}`];
}

function partWords({ series, isAsExpected, ...numbers }: PartMoved): Text {
  const by = isAsExpected ? "as expected" : (change(numbers) ?? amount(numbers.observed, series));
  return text`${name(wordsOf(series)[1])} ${by}`;
}

/** What moved. A ratio, or what is shown beside its sessions, needs no second line of metrics. */
const breakdownOf = ({ breakdown, parts }: AlertContext, direction: Direction, series: Measured): Text[] =>
  breakdown
    ? breakdownLines(parts.length > 0 ? { ...breakdown, metrics: [] } : breakdown, direction, series)
    : [];

/** `Changed shortly before: iOS 5.2 released (1:40 PM)`. */
function changesLine({ changes }: AlertContext): Text[] {
  if (changes.length === 0) return [];
  const named = changes.slice(0, 3).map(({ name: called, time: when, link: address }) => {
    const more = address === undefined ? [] : text`, ${link(address, "details")}`;
    return text`${name(called)} (${time(when)}${more})`;
  });
  const more = changes.length > 3 ? ` and ${count(changes.length - 3)} more` : "";
  return [text`Changed shortly before: ${joined(named, ", ")}${more}`];
}

/** `Sent shortly before: push Summer Sale to about 1.2M (10:00 AM)`. */
function sendsLine({ sends }: AlertContext): Text[] {
  if (sends.length === 0) return [];
  const named = sends.slice(0, 3).map((send) => text`${sendWords(send)} (${time(send.time)})`);
  const more = sends.length > 3 ? ` and ${count(sends.length - 3)} more` : "";
  return [text`Sent shortly before: ${joined(named, ", ")}${more}`];
}

/** `Did not go out: campaign Weekly News, due at 10:00 AM as in 4 of the last 4 weeks`. */
const missingLines = ({ missing = [] }: AlertContext): Text[] =>
  missing
    .slice(0, 3)
    .map(
      ({ due, weeks, ...send }) =>
        text`Did not go out: ${sendWords(send)}, due at ${time(due)} as in ${count(weeks)} of the last 4 weeks`,
    );

const unreadable = ({ unreadableSince }: AlertContext): Text[] =>
  unreadableSince === undefined
    ? []
    : [
        text`Tidewatch has not been able to read Braze since ${time(unreadableSince)}: later hours are not known yet`,
      ];

function dayLine({ day }: AlertContext): Text[] {
  if (day === "ordinary") return [];
  return [[dayWords[day]]];
}

const dayWords = {
  holiday: "Public holiday",
  eve: "Eve of a public holiday",
  bridge: "Day between a public holiday and a weekend",
} as const;

/** `Also down: New users (1 of 3 other series of iOS)`, or `Not down: 3 other series of iOS`. */
function alikeLine({ watched, alike }: Alike, moved: string, others: Text): Text[] {
  if (watched <= 0) return [];
  if (alike.length === 0) return [text`Not ${moved}: ${count(watched)} ${others}`];
  const more = alike.length > 3 ? ` and ${count(alike.length - 3)} more` : "";
  return [
    text`Also ${moved}: ${joined(alike.slice(0, 3).map(nameOf), ", ")}${more} (${count(alike.length)} of ${count(watched)} ${others})`,
  ];
}

/** What Braze says of the numbers of a metric, if it matters to whoever reads an alert. */
function noteOf({ series }: Pick<Watch, "series">): Text[] {
  const { note } = metricOf(series);
  return note === undefined ? [] : [[note]];
}

const nameOf = (watch: Watch): Text => [
  name(isOfSessions(watch.series) && watch.segmentName ? watch.segmentName : watchTitle(watch)),
];
