import type { KnownBlock } from "@slack/types";
import type { Member } from "../../../incidents/alert-group.ts";
import type { Notification } from "../../../notifications/notification.ts";
import { fields, footer, section } from "../blocks/blocks.ts";
import { change, count, expectedRange } from "../blocks/numbers.ts";
import { localWhen } from "../blocks/when.ts";
import { alertActions } from "./alert-actions.ts";
import { contextLines } from "./context.ts";
import {
  acceptedBy,
  acknowledgedBy,
  against,
  balanceOf,
  calmSince,
  changeAgainst,
  changeSince,
  correctedHours,
  depthOf,
  durationOf,
  labelledBy,
  levelOf,
  linksOf,
  ownersToCall,
  removedBy,
  type State,
  sinceWhen,
  stateOf,
  sureness,
  titleOf,
  whereNow,
  wordsFor,
} from "./facts.ts";

/** The root message of an incident: a summary line, then the numbers, then the context. */
export const rootBlocks = (notification: Notification): KnownBlock[] => [
  section(`*${headline(notification)}*`),
  ...call(notification.members).map(section),
  fields(factsOf(notification)),
  ...lateness(notification).map(section),
  ...known(notification).map(section),
  ...(stateOf(notification) === "unwatched" ? [] : [alertActions(notification)]),
  footer([
    ...linksOf(notification),
    `Watch ${notification.watch.id}`,
    `Incident ${notification.incident.id}`,
    ...acknowledgedBy(notification.members),
    ...labelledBy(notification.members),
    ...removedBy(notification.members),
  ]),
];

/** Mentions the owners of critical incidents. An edit notifies nobody, so each is mentioned once. */
export function call(members: readonly Member[]): string[] {
  const owners = ownersToCall(members);
  return owners.length > 0 ? [`${owners.join(" ")}: this is critical, please have a look.`] : [];
}

function known(notification: Notification): string[] {
  const lines = isOver(notification) ? [] : contextLines(notification);
  return lines.length > 0 ? [`*What is known*\n${lines.map((line) => `• ${line}`).join("\n")}`] : [];
}

/** Why the notification is late. */
function lateness(notification: Notification): string[] {
  const { lastNotified, suppressed } = notification.incident;
  if (stateOf(notification) === "missed" && suppressed?.because === "quiet-hours")
    return ["It began and ended in quiet hours, so it is said only now."];
  if (stateOf(notification) === "missed")
    return suppressed
      ? ["It outlasted a mute and ended before Tidewatch could tell anyone, so it is said only now."]
      : ["It began and ended while Tidewatch could not tell anyone, so it is said only now."];
  if (lastNotified || !suppressed) return [];
  return suppressed.because === "muted"
    ? ["It was muted until now, so it is said only now."]
    : ["It was not said before, since the hours were quiet."];
}

type Fact = readonly [name: string, value: string];

const isOver = (notification: Notification) => notification.incident.resolvedAt !== undefined;

function headline(notification: Notification): string {
  const { arrow, Noun, noun, lost } = wordsFor(notification);
  const title = titleOf(notification, 80);
  const { latest } = notification.incident;
  const now = `${title} ${changeSince(notification, sinceWhen(notification))}: ${count(latest.observed)} against ${expectedRange(latest)}`;
  const inAll = `${title} ${depthOf(notification)}, ${durationOf(notification)} from ${sinceWhen(notification)}, ${balanceOf(notification)} sessions ${lost}`;
  switch (stateOf(notification)) {
    case "open":
      return `${arrow} ${Noun}: ${now}`;
    case "easing":
      return `${arrow} ${Noun} easing: ${now}`;
    case "resolved":
      return `✅ ${Noun} over: ${inAll}`;
    case "settled":
      return `➡️ Settled at a new level: ${title}, ${levelOf(notification)}, since ${sinceWhen(notification)}`;
    case "retracted":
      return `☑️ No ${noun} after all: ${title}. ${correctedHours(notification, sinceWhen(notification))}`;
    case "unwatched":
      return `⏹️ ${title}: ${whereNow(notification.incident.unwatched!)}. ${Noun} ${depthOf(notification)}, from ${sinceWhen(notification)}, was open`;
    case "missed":
      return `${arrow} Missed ${noun}, over by now: ${inAll}`;
  }
}

function factsOf(notification: Notification): Fact[] {
  if (stateOf(notification) === "retracted") return factsCorrected(notification);
  return isOver(notification) ? factsInAll(notification) : factsSoFar(notification);
}

const factsCorrected = (notification: Notification): Fact[] => [
  worstFact(notification),
  [
    "State",
    `Retracted, since its ${notification.watch.series.unit}s were corrected; was ${severityOf(notification).toLowerCase()}`,
  ],
];

function factsSoFar(notification: Notification): Fact[] {
  const { incident, watch } = notification;
  const { unit } = watch.series;
  return [
    [`Latest ${unit}`, `${against(incident.latest)}\n${localWhen(incident.lastBucket, unit)}`],
    worstFact(notification),
    [`${wordsFor(notification).Lost} so far`, `${balanceOf(notification)} sessions`],
    ["Lasting", `${durationOf(notification)} so far`],
    ["How sure", sureness(notification)],
    [
      "State",
      `${severityOf(notification)}, ${stateOf(notification) === "open" ? "open" : `calm since ${calmSince(notification)}`}`,
    ],
  ];
}

const BACK: Partial<Record<State, (unit: string) => string>> = {
  settled: (unit) => `Last ${unit} against the old level`,
  unwatched: (unit) => `Last ${unit}`,
};

const factsInAll = (notification: Notification): Fact[] => [
  [
    BACK[stateOf(notification)]?.(notification.watch.series.unit) ?? "Back at",
    `${against(notification.incident.latest)}\n${localWhen(notification.incident.lastBucket, notification.watch.series.unit)}`,
  ],
  worstFact(notification),
  [`${wordsFor(notification).Lost} in all`, `${balanceOf(notification)} sessions`],
  ["Lasted", durationOf(notification)],
  ["How sure", sureness(notification)],
  ["State", `${endOf(notification)}; was ${severityOf(notification).toLowerCase()}`],
];

function worstFact(notification: Notification): Fact {
  const { incident, watch } = notification;
  const { worst, latest } = incident;
  const isLatest =
    !isOver(notification) && worst.observed === latest.observed && worst.expected === latest.expected;
  const name = `${incident.direction === "drop" ? "Worst" : "Highest"} ${watch.series.unit}`;
  return [name, isLatest ? `${change(worst) ?? count(worst.observed)}, the latest` : changeAgainst(worst)];
}

function endOf(notification: Notification): string {
  const { unwatched } = notification.incident;
  if (unwatched?.movedTo) return "Moved to another channel";
  if (unwatched)
    return `Closed, since its ${unwatched.isUnconfigured ? "workspace is not configured any more" : "watch was removed"}`;
  return stateOf(notification) === "settled"
    ? `${acceptedBy(notification)}, judged against the new level from then on`
    : `Resolved, calm since ${calmSince(notification)}`;
}

const severityOf = ({ incident }: Notification) =>
  incident.severity === "critical" ? "Critical" : "Warning";
