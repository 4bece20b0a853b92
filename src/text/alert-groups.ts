import { isRetracted, type Member, sizeOf } from "../incidents/alert-group.ts";
import { isNewNormal } from "../incidents/incident.ts";
import { type Notification, newMembers } from "../notifications/notification.ts";
import { HOUR, stepOf } from "../time/time.ts";
import { actedBy, callText } from "./alerts.ts";
import {
  bySize,
  critical,
  entry,
  firstBucket,
  isNotAcknowledged,
  isOver,
  isUnwatched,
  line,
  names,
  open,
  stillOff,
  sumOf,
} from "./group-members.ts";
import { against, depthOf, lastReminder, stateOf, titleOf, unitOf, wordsFor } from "./incidents.ts";
import { change, count, counted, ofMetric } from "./numbers.ts";
import { labelled, type ReplyText } from "./replies.ts";
import { type Part, type Text, text, time } from "./text.ts";
import { lasting } from "./times.ts";

/** All that the message of an alert group says, apart from its buttons. */
export interface GroupText {
  /** The sum of its incidents. */
  readonly headline: Text;
  readonly call: readonly Text[];
  readonly notes: readonly Text[];
  /** One line for each incident, the largest first. */
  readonly lines: readonly Text[];
  readonly footer: readonly Text[];
}

/** The maximum incidents in the message itself. The others are listed in its thread. */
export const LISTED = 12;

/** The text of an alert group in its present state. */
export function groupText(notification: Notification): GroupText {
  const { members } = notification;
  const others = members.length - LISTED;
  const whole = sumOf(members);
  return {
    headline: headline(notification),
    call: callText(members),
    notes: notification.kind === "everything" ? [[SOURCE]] : [],
    lines: [
      ...bySize(members)
        .slice(0, LISTED)
        .map((member) => line(member, whole)),
      ...(others > 0 ? [[`and ${count(others)} more: see the thread`]] : []),
    ],
    footer: [
      [`${count(members.length)} watches`],
      [`Alert group ${notification.alertGroup.id}`],
      ...actedBy(members),
    ],
  };
}

const SOURCE = "Nearly everything changed at once. Likely causes: tracking, an app release, or Braze itself.";

/** Long lists that follow the message, each with its title: all incidents, or those that joined. */
export function groupLists(
  notification: Notification,
): { readonly title: string; readonly entries: readonly Text[] }[] {
  const { reason, members } = notification;
  const { arrow } = wordsFor(notification);
  const entriesOf = (listed: readonly Member[]) => bySize(listed).map(entry);
  if (reason === "joined") {
    const joining = newMembers(notification);
    return [{ title: `${arrow} ${counted(joining.length, "more watch")}`, entries: entriesOf(joining) }];
  }
  const isNew = reason === "opened" || reason === "missed";
  return isNew && members.length > LISTED
    ? [{ title: `${arrow} All ${count(members.length)}`, entries: entriesOf(members) }]
    : [];
}

/** The reply about what changed in an alert group; undefined if the change of its message is enough. */
export function groupReply(notification: Notification): ReplyText | undefined {
  const { reason, members } = notification;
  const { Noun, noun, arrow } = wordsFor(notification);
  switch (reason) {
    case "worsened":
      return reply(text`${arrow} Now critical: ${critical(members)}`, callText(members));
    case "reopened":
      return reply(text`${arrow} ${Noun} reopened: ${open(members)}`);
    case "unmuted":
      return reply(text`${arrow} The mute ended, the ${noun} is still open: ${open(members)}`);
    case "reminder":
    case "last-reminder":
      return reply(
        text`⏰ Still critical, not acknowledged: ${critical(members.filter(isNotAcknowledged))}${lastReminder(notification)}`,
      );
    case "resolved":
      return reply(
        text`${endOf(notification)} after ${durationOf(notification)}: ${whatOf(notification)}, ${total(notification)} in all`,
      );
    case "retracted":
      return reply(retracted(notification, members.filter(isRetracted)));
    case "labelled":
      return labelled(notification);
    default:
      return undefined;
  }
}

const reply = (body: Text, call: readonly Text[] = []): ReplyText => ({ summary: body, body, call });

/**
 * `☑️ No drop after all: 2 watches. Braze corrected the hours since 13:00, and they are as expected`: the retracted
 * incidents that people were not notified of yet, or all.
 */
function retracted(notification: Notification, since: readonly Member[]): Text {
  const { members } = notification;
  const gone = members.filter(isRetracted);
  const what = gone.length === members.length ? whatOf(notification) : names(gone);
  return text`☑️ No ${wordsFor(notification).noun} after all: ${what}. Braze corrected the ${unitOf(notification)}s since ${openedAt(since, notification)}, and they are as expected`;
}

function endOf(notification: Notification): string {
  const { members } = notification;
  const newNormal = members.filter(({ incident }) => isNewNormal(incident)).length;
  if (newNormal === 0) return `✅ ${wordsFor(notification).Noun} resolved`;
  const which =
    newNormal === members.length ? "" : ` for ${count(newNormal)} of ${counted(members.length, "watch")}`;
  return `➡️ New normal${which}`;
}

function headline(notification: Notification): Text {
  const { arrow, Noun, noun } = wordsFor(notification);
  const { members, reason } = notification;
  const began = openedAt(members, notification);
  const inAll = text`${durationOf(notification)} from ${began}, ${total(notification)}`;
  if (members.every(isRetracted)) return retracted(notification, members);
  if (reason === "missed") return text`${arrow} ${Noun}, already resolved: ${whatOf(notification)}, ${inAll}`;
  if (members.every(({ incident }) => isNewNormal(incident)))
    return text`➡️ New normal: ${whatOf(notification)}, ${inAll}`;
  if (members.every(isUnwatched))
    return text`⏹️ No longer watched here: ${counted(members.length, "watch")}. The ${noun} was still open: ${inAll}`;
  if (members.every(isOver)) return text`✅ ${Noun} resolved: ${whatOf(notification)}, ${inAll}`;
  const numbers = numbersOf(notification);
  return text`${arrow} ${Noun}: ${whatIsLeft(notification)} since ${began}${numbers}${numbers === "" ? "," : ";"} ${total(notification)} so far`;
}

/** Whether every incident of the group lost its watch, so that no button applies. */
export const areUnwatched = (members: readonly Member[]): boolean => members.every(isUnwatched);

/** The deviation of the app itself, now or at worst. While it eases, the current deviation is misleading. */
function extentOf(notification: Notification): string {
  if (isRetracted(notification)) return "";
  if (isOver(notification)) return ` ${depthOf(notification)}`;
  const by = stateOf(notification) === "easing" ? undefined : change(notification.incident.latest);
  return by ? ` ${by}` : "";
}

/** `: 610 sessions, expected 1,105–1,382`, of the app that stands for its segments. */
const numbersOf = ({ kind, incident, watch }: Notification): string =>
  kind === "app" && incident.resolvedAt === undefined ? `: ${against(incident.latest, watch.series)}` : "";

function whatOf(notification: Notification): Text {
  const { kind, members } = notification;
  const off = stillOff(members).length;
  switch (kind) {
    case "everything":
      return [`nearly everything (${counted(off, "watch")})`];
    case "app":
      return text`${titleOf(notification)}${extentOf(notification)} and ${counted(off - 1, "segment")}`;
    default:
      return [counted(off, "watch")];
  }
}

/** After half of the incidents resolved, the message names the open ones. */
function whatIsLeft(notification: Notification): Text {
  const { members } = notification;
  const all = stillOff(members);
  const over = all.filter(isOver).length;
  if (over === 0) return whatOf(notification);
  const what = over * 2 < all.length ? whatOf(notification) : open(members);
  return text`${what}, ${count(over)} of ${counted(all.length, "watch")} resolved,`;
}

/** From the first bucket of the first incident to the last bucket of the last. */
function durationOf({ members, watch: { series } }: Notification): string {
  const last = Math.max(...stillOff(members).map(({ incident }) => incident.lastAnomalousBucket));
  return lasting((last + stepOf(series.unit) - firstBucket(members)) / HOUR, series.unit);
}

const total = (notification: Notification): string => {
  const { kind, members, incident, watch } = notification;
  const sum = kind === "app" ? sizeOf({ incident, watch }) : sumOf(members);
  return `${ofMetric(sum, watch.series)} ${wordsFor(notification).lost}`;
};

const openedAt = (members: readonly Member[], notification: Notification): Part =>
  time(firstBucket(members), unitOf(notification));
