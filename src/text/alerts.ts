import type { Member } from "../incidents/alert-group.ts";
import type { Notification } from "../notifications/notification.ts";
import { contextLines } from "./context.ts";
import { headlines } from "./headlines.ts";
import {
  acceptedBy,
  acknowledgedBy,
  differenceOf,
  labelledBy,
  mutedBy,
  normalSince,
  removedBy,
  scoreWords,
  stateOf,
  unitOf,
  wordsFor,
} from "./incidents.ts";
import { amount, change, counted, expectedRange, numbersOf } from "./numbers.ts";
import { capital, joined, link, type Part, person, type Text, text } from "./text.ts";
import { weekdayOf } from "./times.ts";

/** All that the message of an incident or an alert group says, apart from its picture and its buttons. */
export interface AlertText {
  /** What changed, by how much, since when, in fewer and fewer words. The first is that of the message itself. */
  readonly headlines: readonly Text[];
  /** What follows from it, the context, and who is called, a line each. */
  readonly lines: readonly Text[];
  /** The incidents of an alert group, a line each, the largest first. */
  readonly members: readonly Text[];
  /** Links, the score, and who acted. */
  readonly footer: readonly Text[];
}

/** The text of an incident in its present state. */
export function alertText(notification: Notification): AlertText {
  const { members } = notification;
  const isOver = notification.incident.resolvedAt !== undefined;
  return {
    headlines: headlines(notification),
    lines: [
      facts(isOver ? factsInAll(notification) : factsSoFar(notification)),
      ...notesOf(notification),
      ...(isOver ? [] : contextLine(contextLines(notification))),
      ...callText(members),
    ].filter((line) => line.length > 0),
    members: [],
    footer: [
      ...linksOf(notification).map((part): Text => [part]),
      [scoreWords(notification)],
      ...actedBy(members),
    ],
  };
}

/** Facts in a row. */
export const facts = (all: readonly Text[]): Text => capital(joined(all, " · "));

/** The context in one line; none if nothing is known. */
export const contextLine = (context: readonly Text[]): Text[] => (context.length > 0 ? [facts(context)] : []);

/** Who acknowledged, muted, labeled or removed something. */
export const actedBy = (members: readonly Member[]): Text[] => [
  ...acknowledgedBy(members),
  ...mutedBy(members),
  ...labelledBy(members),
  ...removedBy(members),
];

/** The maximum owners that one message mentions. */
const MOST_OWNERS = 10;

/**
 * Calls the owners of open, critical incidents that nobody labeled as something else than real. An edit notifies nobody,
 * so each is mentioned once.
 */
export function callText(members: readonly Member[]): Text[] {
  const called = ownersOf(
    members.filter(
      ({ incident: { severity, resolvedAt, labelled } }) =>
        severity === "critical" &&
        resolvedAt === undefined &&
        (labelled === undefined || labelled.label === "real"),
    ),
  );
  return called.length > 0 ? [text`${joined(called, " ")}: this is critical, please investigate.`] : [];
}

/** The owners of watches, each once. */
export const ownersOf = (members: readonly Member[]): Text[] =>
  [...new Set(members.flatMap(({ watch }) => watch.owner ?? []))]
    .slice(0, MOST_OWNERS)
    .map((owner) => [person(owner)]);

/** Links to what to read or do next. */
export const linksOf = ({
  watch: { runbook },
  alertContext,
}: Pick<Notification, "watch" | "alertContext">): Part[] => [
  ...(runbook ? [link(runbook, "Runbook")] : []),
  ...(alertContext?.dashboard ? [link(alertContext.dashboard, "Braze")] : []),
];

/** That it comes late since Slack took no messages; people know it from elsewhere. */
export const elsewhereNote = ({ isSentElsewhere }: Pick<Notification, "isSentElsewhere">): Text[] =>
  isSentElsewhere ? [["Slack took no messages when this began; it was sent to other destinations."]] : [];

function notesOf(notification: Notification): Text[] {
  if (notification.isSentElsewhere) return elsewhereNote(notification);
  const because = lateBecause(notification);
  return because === undefined ? [] : [[`Posted late: ${because}.`]];
}

function lateBecause(notification: Notification): string | undefined {
  const { lastNotified, suppressed } = notification.incident;
  if (stateOf(notification) === "missed") {
    if (suppressed?.because === "quiet-hours") return "the incident began and resolved in quiet hours";
    return suppressed
      ? "the incident resolved after a mute ended, before Tidewatch could post it"
      : "the incident resolved before Tidewatch could post it";
  }
  if (lastNotified || !suppressed) return undefined;
  return suppressed.because === "muted" ? "it was muted until now" : "it began in quiet hours";
}

/** What the headline of an open incident does not say: last week, the difference in all, the worst. */
export function factsSoFar(notification: Notification): Text[] {
  return [
    ...weekAgo(notification),
    [`${differenceOf(notification)} than expected so far`],
    ...(isWorstNow(notification) ? [] : [worstFact(notification)]),
  ];
}

/** `last Tuesday 1,310 (−53%)`. */
function weekAgo({ incident, watch, alertContext, zone }: Notification): Text[] {
  const past = alertContext?.weekAgo;
  if (past === undefined) return [];
  const { buckets, ...newest } = numbersOf(incident.latest);
  const { unit } = watch.series;
  const by = change({ ...newest, expected: past });
  const which = buckets > 1 ? `same ${counted(buckets, unit)} last` : "last";
  return [
    [
      `${which} ${weekdayOf(incident.lastBucket, unit, zone)} ${amount(past, watch.series)}${by ? ` (${by})` : ""}`,
    ],
  ];
}

const isWorstNow = ({ incident: { worst, latest } }: Notification): boolean =>
  worst.observed === latest.observed && worst.expected === latest.expected;

/** `Lowest hour 12 vs 1,105–1,382 expected (−99%)`. */
function worstFact(notification: Notification): Text {
  const {
    incident,
    watch: { series },
  } = notification;
  const numbers = numbersOf(incident.worst);
  const by = change(numbers);
  const unit = unitOf(notification);
  const which = numbers.buckets > 1 ? counted(numbers.buckets, unit) : unit;
  return [
    `${wordsFor({ incident }).Furthest.toLowerCase()} ${which} ${amount(numbers.observed, series)} vs ${expectedRange(numbers, series)} expected${by ? ` (${by})` : ""}`,
  ];
}

/** What the headline of an incident that is over does not say. */
export function factsInAll(notification: Notification): Text[] {
  const { severity, unwatched } = notification.incident;
  const state = stateOf(notification);
  if (state === "retracted") return [[`was ${severity}`], worstFact(notification)];
  return [
    ...(state === "settled" ? [acceptedBy(notification)] : []),
    ...(state === "resolved" || state === "missed"
      ? [text`as expected since ${normalSince(notification)}`]
      : []),
    ...(unwatched ? [[`${differenceOf(notification)} than expected`]] : []),
    worstFact(notification),
    [`was ${severity}`],
  ];
}
