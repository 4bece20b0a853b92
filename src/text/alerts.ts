import type { Member } from "../incidents/alert-group.ts";
import type { Notification } from "../notifications/notification.ts";
import { contextLines } from "./context.ts";
import {
  acceptedBy,
  acknowledgedBy,
  against,
  balanceOf,
  changeAgainst,
  changeSince,
  correctedHours,
  depthOf,
  durationOf,
  labelledBy,
  levelOf,
  normalSince,
  removedBy,
  scoreWords,
  sinceWhen,
  stateOf,
  titleOf,
  unitOf,
  whereNow,
  wordsFor,
} from "./incidents.ts";
import { change, count } from "./numbers.ts";
import { joined, link, type Part, person, type Text, text, time } from "./text.ts";

/** A name and a value, shown side by side. */
export type Fact = readonly [name: string, value: Text];

/** All that the message of one incident says, apart from its picture and its buttons. */
export interface AlertText {
  /** What changed, by how much, since when. */
  readonly headline: Text;
  /** The owners who are called. */
  readonly call: readonly Text[];
  readonly facts: readonly Fact[];
  /** Why the message is late. */
  readonly notes: readonly Text[];
  readonly context: readonly Text[];
  readonly links: readonly Part[];
  /** The ids that commands take, and who acted. */
  readonly footer: readonly Text[];
}

/** The text of an incident in its present state. */
export const alertText = (notification: Notification): AlertText => ({
  headline: headline(notification),
  call: callText(notification.members),
  facts: factsOf(notification),
  notes: notesOf(notification),
  context: isOver(notification) ? [] : contextLines(notification),
  links: linksOf(notification),
  footer: [
    [`Watch ${notification.watch.id}`],
    [`Incident ${notification.incident.id}`],
    ...actedBy(notification.members),
  ],
});

/** Who acknowledged, labeled or removed something. */
export const actedBy = (members: readonly Member[]): Text[] => [
  ...acknowledgedBy(members),
  ...labelledBy(members),
  ...removedBy(members),
];

/** The same headline where it stands alone, in a list or on a phone: with the severity while the incident is open. */
export function aloneHeadline(notification: Notification): Text {
  const state = stateOf(notification);
  return state === "open" || state === "easing"
    ? text`${headline(notification)} (${notification.incident.severity})`
    : headline(notification);
}

const isOver = (notification: Notification) => notification.incident.resolvedAt !== undefined;

function headline(notification: Notification): Text {
  const { arrow, Noun, noun } = wordsFor(notification);
  const title = titleOf(notification);
  switch (stateOf(notification)) {
    case "open":
      return text`${arrow} ${Noun}: ${soFar(notification)}`;
    case "easing":
      return text`${arrow} ${Noun} recovering: ${soFar(notification)}`;
    case "resolved":
      return text`✅ ${Noun} resolved: ${inAll(notification)}`;
    case "settled":
      return text`➡️ New normal: ${title} since ${sinceWhen(notification)}, ${levelOf(notification)}`;
    case "retracted":
      return text`☑️ No ${noun} after all: ${title}. ${correctedHours(notification)}`;
    case "unwatched":
      return text`⏹️ ${title}: ${whereNow(notification.incident.unwatched!)}. The ${noun} was still open: ${depthOf(notification)}, since ${sinceWhen(notification)}`;
    case "missed":
      return text`${arrow} ${Noun}, already resolved: ${inAll(notification)}`;
  }
}

/** `iOS −51% since 12:00: 610 sessions, expected 1,105–1,382`. */
export const soFar = (notification: Notification): Text =>
  text`${titleOf(notification)} ${changeSince(notification)}: ${against(notification.incident.latest, notification.watch.series)}`;

/** `iOS −99% at worst, 3 hours from 12:00, 3,061 sessions lost`. */
export const inAll = (notification: Notification): Text =>
  text`${titleOf(notification)} ${depthOf(notification)}, ${durationOf(notification)} from ${sinceWhen(notification)}, ${balanceOf(notification)} ${wordsFor(notification).lost}`;

/** The maximum owners that one message mentions. */
const MOST_OWNERS = 10;

/**
 * Calls the owners of open, critical incidents that nobody labeled as something else than real. An edit notifies nobody,
 * so each is mentioned once.
 */
export function callText(members: readonly Member[]): Text[] {
  const owners = members
    .filter(
      ({ incident: { severity, resolvedAt, labelled } }) =>
        severity === "critical" &&
        resolvedAt === undefined &&
        (labelled === undefined || labelled.label === "real"),
    )
    .flatMap(({ watch }) => watch.owner ?? []);
  const called = [...new Set(owners)].slice(0, MOST_OWNERS).map((owner) => [person(owner)]);
  return called.length > 0 ? [text`${joined(called, " ")}: this is critical, please investigate.`] : [];
}

/** Links to what to read or do next. */
export const linksOf = ({
  watch: { runbook },
  alertContext,
}: Pick<Notification, "watch" | "alertContext">): Part[] => [
  ...(runbook ? [link(runbook, "Runbook")] : []),
  ...(alertContext?.dashboard ? [link(alertContext.dashboard, "Braze")] : []),
];

function notesOf(notification: Notification): Text[] {
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

function factsOf(notification: Notification): Fact[] {
  if (stateOf(notification) === "retracted")
    return [
      worstFact(notification),
      [
        "Status",
        [
          `Retracted because Braze corrected its ${unitOf(notification)}s; was ${notification.incident.severity}`,
        ],
      ],
    ];
  return isOver(notification) ? factsInAll(notification) : factsSoFar(notification);
}

const factsSoFar = (notification: Notification): Fact[] => [
  latestFact(`Latest ${unitOf(notification)}`, notification),
  worstFact(notification),
  [`${wordsFor(notification).Lost} so far`, [balanceOf(notification)]],
  ["Duration", [`${durationOf(notification)} so far`]],
  ["Anomaly score", [scoreWords(notification)]],
  [
    "Status",
    text`${capital(notification.incident.severity)}, ${stateOf(notification) === "open" ? "open" : text`recovering since ${normalSince(notification)}`}`,
  ],
];

const factsInAll = (notification: Notification): Fact[] => [
  latestFact(latestName(notification), notification),
  worstFact(notification),
  [`${wordsFor(notification).Lost} in all`, [balanceOf(notification)]],
  ["Duration", [durationOf(notification)]],
  ["Anomaly score", [scoreWords(notification)]],
  ["Status", text`${endOf(notification)}; was ${notification.incident.severity}`],
];

function latestName(notification: Notification): string {
  const unit = unitOf(notification);
  return stateOf(notification) === "settled"
    ? `Last ${unit}, compared with the previous level`
    : `Latest ${unit}`;
}

const latestFact = (name: string, { incident, watch }: Notification): Fact => [
  name,
  text`${against(incident.latest, watch.series)}\n${time(incident.lastBucket, watch.series.unit)}`,
];

function worstFact(notification: Notification): Fact {
  const { worst, latest, direction } = notification.incident;
  const isLatest =
    !isOver(notification) && worst.observed === latest.observed && worst.expected === latest.expected;
  return [
    `${direction === "drop" ? "Worst" : "Highest"} ${unitOf(notification)}`,
    [
      isLatest
        ? `${change(worst) ?? count(worst.observed)}, the latest`
        : changeAgainst(worst, notification.watch.series),
    ],
  ];
}

function endOf(notification: Notification): Text {
  const { unwatched } = notification.incident;
  if (unwatched?.movedTo) return ["Moved to another channel"];
  if (unwatched)
    return [
      `Closed because its ${unwatched.isUnconfigured ? "workspace is no longer configured" : "watch was removed"}`,
    ];
  return stateOf(notification) === "settled"
    ? acceptedBy(notification)
    : text`Resolved, as expected since ${normalSince(notification)}`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
