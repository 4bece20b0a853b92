import type { KnownBlock } from "@slack/types";
import { isRetracted, type Member, sizeOf } from "../../../incidents/alert-group.ts";
import { isSettled } from "../../../incidents/incident.ts";
import { type Notice, newMembers } from "../../../notifications/notification.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { HOUR, stepOf } from "../../../time/time.ts";
import { footer, section } from "../blocks/blocks.ts";
import { listed, messageOf } from "../blocks/lists.ts";
import { change, count, counted, expectedRange } from "../blocks/numbers.ts";
import { lasting, localWhen, plainWhen } from "../blocks/when.ts";
import { alertActions } from "./alert-actions.ts";
import {
  acknowledgedBy,
  depthOf,
  labelledBy,
  lastWord,
  removedBy,
  stateOf,
  titleOf,
  whereNow,
  wordsFor,
} from "./facts.ts";
import { labelledReply } from "./reply.ts";
import { call } from "./root.ts";

/** How many members the message itself lists; the others stand in its thread. */
const LISTED = 12;

/** The message of several incidents that have one cause: what they are together, then each by its share. */
export function gatheredRoot(notice: Notice): Message {
  const { members } = notice;
  const shown = bySize(members).slice(0, LISTED);
  const others = members.length - shown.length;
  const blocks: KnownBlock[] = [
    section(`*${headline(notice, localWhen(openedAt(members), unitOf(notice)))}*`),
    ...call(members).map(section),
    ...(notice.kind === "everything" ? [section(SOURCE)] : []),
    section(
      [...shown.map((member) => line(member, members)), ...(others > 0 ? [more(others)] : [])].join("\n"),
    ),
    ...(members.every(isUnwatched) ? [] : [alertActions(notice)]),
    footer([
      `${count(members.length)} watches`,
      `Cause ${notice.cause.id}`,
      ...acknowledgedBy(members),
      ...labelledBy(members),
      ...removedBy(members),
    ]),
  ];
  return messageOf(headline(notice, plainWhen(openedAt(members), unitOf(notice))), blocks);
}

const SOURCE =
  "Most of what is watched fell or rose at once, so it is probably the source: tracking, an app release, or Braze itself.";

const more = (others: number) => `and ${count(others)} more: see the thread`;

/** What is said in the thread of several incidents. */
export function gatheredReplies(notice: Notice): Message[] {
  const { reason, members } = notice;
  const { Noun, noun, arrow } = wordsFor(notice);
  switch (reason) {
    case "opened":
    case "missed":
      return members.length > LISTED ? lists(`${arrow} All ${count(members.length)}`, members) : [];
    case "joined":
      return lists(`${arrow} ${counted(newMembers(notice).length, "watch")} more`, newMembers(notice));
    case "worsened":
      return [said(`${arrow} Worse, now critical: ${critical(members)}`, call(members))];
    case "reopened":
      return [said(`${arrow} ${Noun} is back: ${open(members)}`)];
    case "unmuted":
      return [said(`${arrow} The mute is over, the ${noun} is not: ${open(members)}`)];
    case "reminder":
    case "last-reminder":
      return [
        said(
          `⏰ Still critical, acknowledged by nobody: ${critical(members.filter(isLeftAlone))}${lastWord(notice)}`,
        ),
      ];
    case "resolved":
      return [
        said(`${endOf(notice)} after ${durationOf(notice)}: ${whatOf(notice)}, ${total(notice)} in all`),
      ];
    case "retracted":
      return [
        said(
          `${retractedOf(notice)}. ${correctedSince(notice, plainWhen(openedAt(members.filter(isRetracted)), unitOf(notice)))}`,
        ),
      ];
    case "labelled":
      return [labelledReply(notice)];
    case "updated":
      return [];
  }
}

/** `☑️ No drop after all: 2 watches`, those of which people do not know it yet, or all. */
function retractedOf(notice: Notice): string {
  const { members } = notice;
  const gone = members.filter(isRetracted);
  return `☑️ No ${wordsFor(notice).noun} after all: ${gone.length === members.length ? whatOf(notice) : names(gone)}`;
}

/** `Braze corrected the hours since 13:00, and they are as expected`. */
const correctedSince = ({ watch }: Notice, when: string): string =>
  `Braze corrected the ${watch.series.unit}s since ${when}, and they are as expected`;

function endOf(notice: Notice): string {
  const settled = notice.members.filter(({ incident }) => isSettled(incident)).length;
  if (settled === 0) return `✅ ${wordsFor(notice).Noun} over`;
  const which =
    settled === notice.members.length
      ? ""
      : `, of ${counted(settled, "watch")} of ${count(notice.members.length)},`;
  return `➡️ The new level${which} is taken for normal`;
}

function headline(notice: Notice, began: string): string {
  const { arrow, Noun, noun } = wordsFor(notice);
  const { members, reason } = notice;
  const inAll = `${durationOf(notice)} from ${began}, ${total(notice)}`;
  if (members.every(isRetracted)) return `${retractedOf(notice)}. ${correctedSince(notice, began)}`;
  if (reason === "missed") return `${arrow} Missed ${noun}, over by now: ${whatOf(notice)}, ${inAll}`;
  if (members.every(({ incident }) => isSettled(incident)))
    return `➡️ Settled at a new level: ${whatOf(notice)}, ${inAll}`;
  if (members.every(isUnwatched))
    return `⏹️ No longer watched here: ${counted(members.length, "watch")}. ${Noun}, ${inAll}, was open`;
  if (members.every(isOver)) return `✅ ${Noun} over: ${whatOf(notice)}, ${inAll}`;
  return `${arrow} ${Noun}: ${whatIsLeft(notice)} since ${began}${numbersOf(notice)}, ${total(notice)} so far`;
}

/** How far the app itself is off, or was at worst; while it eases, the change of the moment misleads. */
function extentOf(notice: Notice): string {
  if (isRetracted(notice)) return "";
  if (isOver(notice)) return ` ${depthOf(notice)}`;
  const by = stateOf(notice) === "easing" ? undefined : change(notice.incident.latest);
  return by ? ` ${by}` : "";
}

/** `: 610 against 1,105–1,382`, of the app that stands for its segments. */
const numbersOf = ({ kind, incident }: Notice): string =>
  kind === "app" && incident.resolvedAt === undefined
    ? `: ${count(incident.latest.observed)} against ${expectedRange(incident.latest)}`
    : "";

function whatOf(notice: Notice): string {
  const { kind, members } = notice;
  switch (kind) {
    case "everything":
      return `everything at once (${counted(stillOff(members).length, "watch")})`;
    case "app":
      return `${titleOf(notice, 60)}${extentOf(notice)} and ${counted(stillOff(members).length - 1, "segment")} of it`;
    default:
      return counted(stillOff(members).length, "watch");
  }
}

/** Once half of it is over, what is left is worth a name. */
function whatIsLeft(notice: Notice): string {
  const { members } = notice;
  const all = stillOff(members);
  const over = all.filter(isOver).length;
  if (over === 0) return whatOf(notice);
  const share = `${count(over)} of ${counted(all.length, "watch")} over`;
  return `${over * 2 < all.length ? whatOf(notice) : open(members)}, ${share},`;
}

const isOver = ({ incident }: Pick<Member, "incident">): boolean => incident.resolvedAt !== undefined;

/** From the first bucket of the first member to the last of the last. */
function durationOf({ members, watch: { series } }: Notice): string {
  const last = Math.max(...stillOff(members).map(({ incident }) => incident.lastAnomalousBucket));
  return lasting((last + stepOf(series.unit) - openedAt(members)) / HOUR, series.unit);
}

/** What the app lost is not lost again by its segments. */
const total = (notice: Notice): string => {
  const { kind, members, incident, watch } = notice;
  const sum =
    kind === "app" ? sizeOf({ incident, watch }) : summed(members).reduce((all, one) => all + sizeOf(one), 0);
  return `${count(sum)} sessions ${wordsFor(notice).lost}`;
};

// Where the sum of all apps is among them it stands for the others; else whole apps stand for their segments.
function summed(members: readonly Member[]): readonly Member[] {
  const all = members.filter(({ watch: { series } }) => !series.app && !series.segment);
  if (all.length > 0) return all;
  const apps = new Set(
    members.filter(({ watch }) => !watch.series.segment).map(({ watch }) => watch.series.app),
  );
  return members.filter(({ watch: { series } }) => !series.segment || !apps.has(series.app));
}

/** `• iOS · New users: −62 %, 610 sessions lost (41 % of all), critical`. */
function line(member: Member, members: readonly Member[]): string {
  const { incident } = member;
  const whole = summed(members).reduce((sum, one) => sum + sizeOf(one), 0);
  const share =
    whole > 0 && member.watch.series.segment
      ? ` (${Math.min(100, Math.round((100 * sizeOf(member)) / whole))} % of all)`
      : "";
  const { lost } = wordsFor({ incident });
  return `• ${nameOf(member)}: ${change(incident.worst) ?? "from nothing"}, ${count(sizeOf(member))} sessions ${lost}${share}${standingOf(member)}`;
}

function standingOf(member: Member): string {
  const { unwatched } = member.incident;
  if (unwatched) return `, ${whereNow(unwatched)}`;
  if (isRetracted(member)) return ", none after all";
  if (isSettled(member.incident)) return ", at a new level";
  if (isOver(member)) return ", over";
  return member.incident.severity === "critical" ? ", critical" : "";
}

const isUnwatched = ({ incident }: Member): boolean => incident.unwatched !== undefined;

const nameOf = (member: Member): string => titleOf(member, 40);

const open = (members: readonly Member[]): string => names(members.filter((member) => !isOver(member)));

const isLeftAlone = ({ incident }: Member): boolean =>
  incident.resolvedAt === undefined && !incident.acknowledged;

const critical = (members: readonly Member[]): string =>
  names(members.filter((member) => member.incident.severity === "critical" && !isOver(member)));

function names(members: readonly Member[]): string {
  const shown = bySize(members).slice(0, 5).map(nameOf).join(", ");
  return members.length > 5 ? `${shown} and ${count(members.length - 5)} more` : shown;
}

const bySize = (members: readonly Member[]): Member[] => members.toSorted((a, b) => sizeOf(b) - sizeOf(a));

/** Those that are an incident still, or were one; all where none is. */
function stillOff(members: readonly Member[]): readonly Member[] {
  const left = members.filter((member) => !isRetracted(member));
  return left.length > 0 ? left : members;
}

const openedAt = (members: readonly Member[]): number =>
  Math.min(...stillOff(members).map(({ incident }) => incident.openedAt));

const unitOf = ({ watch }: Notice) => watch.series.unit;

/** A long list: each name with its depth. */
const lists = (title: string, members: readonly Member[]): Message[] =>
  listed(
    title,
    bySize(members).map((member) => `${nameOf(member)} ${change(member.incident.worst) ?? ""}`.trim()),
    ", ",
  );

const said = (text: string, more: readonly string[] = []): Message =>
  messageOf(text, [section(text), ...more.map(section)]);
