import type { KnownBlock } from "@slack/types";
import type { Member } from "../../../incidents/alert-group.ts";
import type { Notice } from "../../../notifications/notification.ts";
import { fields, footer, section } from "../blocks/blocks.ts";
import { change, count, expectedRange } from "../blocks/numbers.ts";
import { localWhen } from "../blocks/when.ts";
import { alertActions } from "./alert-actions.ts";
import { aroundLines } from "./context.ts";
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

/** The message of an incident: one line that says it all, then the numbers, then where it comes from. */
export const rootBlocks = (notice: Notice): KnownBlock[] => [
  section(`*${headline(notice)}*`),
  ...call(notice.members).map(section),
  fields(factsOf(notice)),
  ...lateness(notice).map(section),
  ...known(notice).map(section),
  ...(stateOf(notice) === "unwatched" ? [] : [alertActions(notice)]),
  footer([
    ...linksOf(notice),
    `Watch ${notice.watch.id}`,
    `Incident ${notice.incident.id}`,
    ...acknowledgedBy(notice.members),
    ...labelledBy(notice.members),
    ...removedBy(notice.members),
  ]),
];

/** Calls the owners of what is critical, by name. An edit notifies nobody, so each is called once. */
export function call(members: readonly Member[]): string[] {
  const owners = ownersToCall(members);
  return owners.length > 0 ? [`${owners.join(" ")}: this is critical, please have a look.`] : [];
}

function known(notice: Notice): string[] {
  const lines = isOver(notice) ? [] : aroundLines(notice);
  return lines.length > 0 ? [`*What is known*\n${lines.map((line) => `• ${line}`).join("\n")}`] : [];
}

/** Why it is said later than it could have been. */
function lateness(notice: Notice): string[] {
  const { told, withheld } = notice.incident;
  if (stateOf(notice) === "missed" && withheld?.because === "quiet-hours")
    return ["It began and ended in quiet hours, so it is said only now."];
  if (stateOf(notice) === "missed")
    return withheld
      ? ["It outlasted a mute and ended before Tidewatch could tell anyone, so it is said only now."]
      : ["It began and ended while Tidewatch could not tell anyone, so it is said only now."];
  if (told || !withheld) return [];
  return withheld.because === "muted"
    ? ["It was muted until now, so it is said only now."]
    : ["It was not said before, since the hours were quiet."];
}

type Fact = readonly [name: string, value: string];

const isOver = (notice: Notice) => notice.incident.resolvedAt !== undefined;

function headline(notice: Notice): string {
  const { arrow, Noun, noun, lost } = wordsFor(notice);
  const title = titleOf(notice, 80);
  const { latest } = notice.incident;
  const now = `${title} ${changeSince(notice, sinceWhen(notice))}: ${count(latest.observed)} against ${expectedRange(latest)}`;
  const inAll = `${title} ${depthOf(notice)}, ${durationOf(notice)} from ${sinceWhen(notice)}, ${balanceOf(notice)} sessions ${lost}`;
  switch (stateOf(notice)) {
    case "open":
      return `${arrow} ${Noun}: ${now}`;
    case "easing":
      return `${arrow} ${Noun} easing: ${now}`;
    case "resolved":
      return `✅ ${Noun} over: ${inAll}`;
    case "settled":
      return `➡️ Settled at a new level: ${title}, ${levelOf(notice)}, since ${sinceWhen(notice)}`;
    case "retracted":
      return `☑️ No ${noun} after all: ${title}. ${correctedHours(notice, sinceWhen(notice))}`;
    case "unwatched":
      return `⏹️ ${title}: ${whereNow(notice.incident.unwatched!)}. ${Noun} ${depthOf(notice)}, from ${sinceWhen(notice)}, was open`;
    case "missed":
      return `${arrow} Missed ${noun}, over by now: ${inAll}`;
  }
}

function factsOf(notice: Notice): Fact[] {
  if (stateOf(notice) === "retracted") return factsCorrected(notice);
  return isOver(notice) ? factsInAll(notice) : factsSoFar(notice);
}

const factsCorrected = (notice: Notice): Fact[] => [
  worstFact(notice),
  [
    "State",
    `Retracted, since its ${notice.watch.series.unit}s were corrected; was ${severityOf(notice).toLowerCase()}`,
  ],
];

function factsSoFar(notice: Notice): Fact[] {
  const { incident, watch } = notice;
  const { unit } = watch.series;
  return [
    [`Latest ${unit}`, `${against(incident.latest)}\n${localWhen(incident.lastBucket, unit)}`],
    worstFact(notice),
    [`${wordsFor(notice).Lost} so far`, `${balanceOf(notice)} sessions`],
    ["Lasting", `${durationOf(notice)} so far`],
    ["How sure", sureness(notice)],
    [
      "State",
      `${severityOf(notice)}, ${stateOf(notice) === "open" ? "open" : `calm since ${calmSince(notice)}`}`,
    ],
  ];
}

const BACK: Partial<Record<State, (unit: string) => string>> = {
  settled: (unit) => `Last ${unit} against the old level`,
  unwatched: (unit) => `Last ${unit}`,
};

const factsInAll = (notice: Notice): Fact[] => [
  [
    BACK[stateOf(notice)]?.(notice.watch.series.unit) ?? "Back at",
    `${against(notice.incident.latest)}\n${localWhen(notice.incident.lastBucket, notice.watch.series.unit)}`,
  ],
  worstFact(notice),
  [`${wordsFor(notice).Lost} in all`, `${balanceOf(notice)} sessions`],
  ["Lasted", durationOf(notice)],
  ["How sure", sureness(notice)],
  ["State", `${endOf(notice)}; was ${severityOf(notice).toLowerCase()}`],
];

function worstFact(notice: Notice): Fact {
  const { incident, watch } = notice;
  const { worst, latest } = incident;
  const isLatest =
    !isOver(notice) && worst.observed === latest.observed && worst.expected === latest.expected;
  const name = `${incident.direction === "drop" ? "Worst" : "Highest"} ${watch.series.unit}`;
  return [name, isLatest ? `${change(worst) ?? count(worst.observed)}, the latest` : changeAgainst(worst)];
}

function endOf(notice: Notice): string {
  const { unwatched } = notice.incident;
  if (unwatched)
    return unwatched.movedTo ? "Moved to another channel" : "Closed, since its watch was removed";
  return stateOf(notice) === "settled"
    ? `${acceptedBy(notice)}, judged against the new level from then on`
    : `Resolved, calm since ${calmSince(notice)}`;
}

const severityOf = ({ incident }: Notice) => (incident.severity === "critical" ? "Critical" : "Warning");
