import type { KnownBlock } from "@slack/types";
import { isRetracted, type Member, sizeOf } from "../../../incidents/alert-group.ts";
import { isNewNormal } from "../../../incidents/incident.ts";
import { type Notification, newMembers } from "../../../notifications/notification.ts";
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

/** The maximum incidents in the message itself. The others are listed in its thread. */
const LISTED = 12;

/** The message of an alert group: the sum of its incidents, then each incident with its share. */
export function groupRoot(notification: Notification): Message {
  const { members } = notification;
  const shown = bySize(members).slice(0, LISTED);
  const others = members.length - shown.length;
  const blocks: KnownBlock[] = [
    section(`*${headline(notification, localWhen(openedAt(members), unitOf(notification)))}*`),
    ...call(members).map(section),
    ...(notification.kind === "everything" ? [section(SOURCE)] : []),
    section(
      [...shown.map((member) => line(member, members)), ...(others > 0 ? [more(others)] : [])].join("\n"),
    ),
    ...(members.every(isUnwatched) ? [] : [alertActions(notification)]),
    footer([
      `${count(members.length)} watches`,
      `Cause ${notification.alertGroup.id}`,
      ...acknowledgedBy(members),
      ...labelledBy(members),
      ...removedBy(members),
    ]),
  ];
  return messageOf(headline(notification, plainWhen(openedAt(members), unitOf(notification))), blocks);
}

const SOURCE =
  "Most of what is watched fell or rose at once, so it is probably the source: tracking, an app release, or Braze itself.";

const more = (others: number) => `and ${count(others)} more: see the thread`;

/** The thread replies of an alert group. */
export function groupReplies(notification: Notification): Message[] {
  const { reason, members } = notification;
  const { Noun, noun, arrow } = wordsFor(notification);
  switch (reason) {
    case "opened":
    case "missed":
      return members.length > LISTED ? lists(`${arrow} All ${count(members.length)}`, members) : [];
    case "joined":
      return lists(
        `${arrow} ${counted(newMembers(notification).length, "watch")} more`,
        newMembers(notification),
      );
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
          `⏰ Still critical, acknowledged by nobody: ${critical(members.filter(isLeftAlone))}${lastWord(notification)}`,
        ),
      ];
    case "resolved":
      return [
        said(
          `${endOf(notification)} after ${durationOf(notification)}: ${whatOf(notification)}, ${total(notification)} in all`,
        ),
      ];
    case "retracted":
      return [
        said(
          `${retractedOf(notification)}. ${correctedSince(notification, plainWhen(openedAt(members.filter(isRetracted)), unitOf(notification)))}`,
        ),
      ];
    case "labelled":
      return [labelledReply(notification)];
    case "updated":
      return [];
  }
}

/** `☑️ No drop after all: 2 watches`: the retracted incidents that people were not notified of yet, or all. */
function retractedOf(notification: Notification): string {
  const { members } = notification;
  const gone = members.filter(isRetracted);
  return `☑️ No ${wordsFor(notification).noun} after all: ${gone.length === members.length ? whatOf(notification) : names(gone)}`;
}

/** `Braze corrected the hours since 13:00, and they are as expected`. */
const correctedSince = ({ watch }: Notification, when: string): string =>
  `Braze corrected the ${watch.series.unit}s since ${when}, and they are as expected`;

function endOf(notification: Notification): string {
  const settled = notification.members.filter(({ incident }) => isNewNormal(incident)).length;
  if (settled === 0) return `✅ ${wordsFor(notification).Noun} over`;
  const which =
    settled === notification.members.length
      ? ""
      : `, of ${counted(settled, "watch")} of ${count(notification.members.length)},`;
  return `➡️ The new level${which} is taken for normal`;
}

function headline(notification: Notification, began: string): string {
  const { arrow, Noun, noun } = wordsFor(notification);
  const { members, reason } = notification;
  const inAll = `${durationOf(notification)} from ${began}, ${total(notification)}`;
  if (members.every(isRetracted))
    return `${retractedOf(notification)}. ${correctedSince(notification, began)}`;
  if (reason === "missed") return `${arrow} Missed ${noun}, over by now: ${whatOf(notification)}, ${inAll}`;
  if (members.every(({ incident }) => isNewNormal(incident)))
    return `➡️ Settled at a new level: ${whatOf(notification)}, ${inAll}`;
  if (members.every(isUnwatched))
    return `⏹️ No longer watched here: ${counted(members.length, "watch")}. ${Noun}, ${inAll}, was open`;
  if (members.every(isOver)) return `✅ ${Noun} over: ${whatOf(notification)}, ${inAll}`;
  return `${arrow} ${Noun}: ${whatIsLeft(notification)} since ${began}${numbersOf(notification)}, ${total(notification)} so far`;
}

/** The deviation of the app itself, now or at worst. While it eases, the current deviation is misleading. */
function extentOf(notification: Notification): string {
  if (isRetracted(notification)) return "";
  if (isOver(notification)) return ` ${depthOf(notification)}`;
  const by = stateOf(notification) === "easing" ? undefined : change(notification.incident.latest);
  return by ? ` ${by}` : "";
}

/** `: 610 against 1,105–1,382`, of the app that stands for its segments. */
const numbersOf = ({ kind, incident }: Notification): string =>
  kind === "app" && incident.resolvedAt === undefined
    ? `: ${count(incident.latest.observed)} against ${expectedRange(incident.latest)}`
    : "";

function whatOf(notification: Notification): string {
  const { kind, members } = notification;
  switch (kind) {
    case "everything":
      return `everything at once (${counted(stillOff(members).length, "watch")})`;
    case "app":
      return `${titleOf(notification, 60)}${extentOf(notification)} and ${counted(stillOff(members).length - 1, "segment")} of it`;
    default:
      return counted(stillOff(members).length, "watch");
  }
}

/** After half of the incidents resolved, the message names the open ones. */
function whatIsLeft(notification: Notification): string {
  const { members } = notification;
  const all = stillOff(members);
  const over = all.filter(isOver).length;
  if (over === 0) return whatOf(notification);
  const share = `${count(over)} of ${counted(all.length, "watch")} over`;
  return `${over * 2 < all.length ? whatOf(notification) : open(members)}, ${share},`;
}

const isOver = ({ incident }: Pick<Member, "incident">): boolean => incident.resolvedAt !== undefined;

/** From the first bucket of the first incident to the last bucket of the last. */
function durationOf({ members, watch: { series } }: Notification): string {
  const last = Math.max(...stillOff(members).map(({ incident }) => incident.lastAnomalousBucket));
  return lasting((last + stepOf(series.unit) - openedAt(members)) / HOUR, series.unit);
}

/** The sessions lost by an app already include those lost by its segments. */
const total = (notification: Notification): string => {
  const { kind, members, incident, watch } = notification;
  const sum =
    kind === "app" ? sizeOf({ incident, watch }) : summed(members).reduce((all, one) => all + sizeOf(one), 0);
  return `${count(sum)} sessions ${wordsFor(notification).lost}`;
};

// The sum of all apps stands for the others if it is in the group; otherwise whole apps stand for their segments.
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
  return `• ${nameOf(member)}: ${change(incident.worst) ?? "from nothing"}, ${count(sizeOf(member))} sessions ${lost}${share}${backlogOf(member)}`;
}

function backlogOf(member: Member): string {
  const { unwatched } = member.incident;
  if (unwatched) return `, ${whereNow(unwatched)}`;
  if (isRetracted(member)) return ", none after all";
  if (isNewNormal(member.incident)) return ", at a new level";
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

/** The incidents that are open or were not retracted; all of them if there are none. */
function stillOff(members: readonly Member[]): readonly Member[] {
  const left = members.filter((member) => !isRetracted(member));
  return left.length > 0 ? left : members;
}

const openedAt = (members: readonly Member[]): number =>
  Math.min(...stillOff(members).map(({ incident }) => incident.openedAt));

const unitOf = ({ watch }: Notification) => watch.series.unit;

/** A long list: each name with its deviation. */
const lists = (title: string, members: readonly Member[]): Message[] =>
  listed(
    title,
    bySize(members).map((member) => `${nameOf(member)} ${change(member.incident.worst) ?? ""}`.trim()),
    ", ",
  );

const said = (text: string, more: readonly string[] = []): Message =>
  messageOf(text, [section(text), ...more.map(section)]);
