import { labelFactsOf } from "../incidents/label-facts.ts";
import type { Notification } from "../notifications/notification.ts";
import { aloneHeadline, callText, inAll, soFar } from "./alerts.ts";
import {
  acceptedBy,
  against,
  balanceOf,
  changeAgainst,
  correctedHours,
  depthOf,
  durationOf,
  lastReminder,
  levelOf,
  stateOf,
  titleOf,
  unitOf,
  wordsFor,
} from "./incidents.ts";
import { labelText } from "./labels.ts";
import { type Text, text, time } from "./text.ts";

/** A message that follows the one of an incident or an alert group. */
export interface ReplyText {
  /** The reply in one line, for a phone. */
  readonly summary: Text;
  readonly title?: Text;
  readonly body?: Text;
  readonly call: readonly Text[];
}

/** The reply about what changed in an incident; undefined if the change of its message is enough. */
export function replyText(notification: Notification): ReplyText | undefined {
  switch (notification.reason) {
    case "worsened":
      return worsened(notification);
    case "reopened":
      return reopened(notification);
    case "unmuted":
      return unmuted(notification);
    case "reminder":
    case "last-reminder":
      return reminder(notification);
    case "resolved":
      return stateOf(notification) === "settled" ? newNormal(notification) : resolved(notification);
    case "retracted":
      return retracted(notification);
    case "labelled":
      return labelled(notification);
    default:
      return undefined;
  }
}

/** May be broadcast to the channel, so it names the series. */
function worsened(notification: Notification): ReplyText {
  const { incident, watch, members } = notification;
  const { arrow, noun } = wordsFor(notification);
  return {
    summary: text`${arrow} Now critical: ${severely(notification)}`,
    title: text`${arrow} Now critical: ${named(notification)}`,
    body: text`${time(incident.lastBucket, watch.series.unit)}: the ${noun} has lasted ${durationOf(notification)}, ${lostSoFar(notification)}.`,
    call: callText(members),
  };
}

function reopened(notification: Notification): ReplyText {
  const { arrow, Noun } = wordsFor(notification);
  return {
    summary: text`${arrow} ${Noun} reopened: ${severely(notification)}`,
    title: text`${arrow} ${Noun} reopened: ${named(notification)}`,
    call: [],
  };
}

function unmuted(notification: Notification): ReplyText {
  const { arrow, noun } = wordsFor(notification);
  return {
    summary: text`${arrow} Mute ended, still open: ${severely(notification)}`,
    title: text`${arrow} The mute ended, the ${noun} is still open: ${named(notification)}`,
    body: lasted(notification),
    call: [],
  };
}

const reminder = (notification: Notification): ReplyText => ({
  summary: text`⏰ Not acknowledged: ${severely(notification)}${lastReminder(notification)}`,
  title: text`⏰ Still critical, not acknowledged: ${named(notification)}`,
  body: lasted(notification),
  call: [],
});

/** An edit of the first message notifies nobody, so the end is a reply of its own. */
const resolved = (notification: Notification): ReplyText => ({
  summary: text`✅ ${wordsFor(notification).Noun} resolved: ${inAll(notification)}`,
  title: text`✅ ${wordsFor(notification).Noun} resolved after ${durationOf(notification)}: ${titleOf(notification)}`,
  body: text`${depthOf(notification)}, ${balanceOf(notification)} ${wordsFor(notification).lost} in all. Latest ${unitOf(notification)}: ${against(notification.incident.latest, notification.watch.series)}.`,
  call: [],
});

const retracted = (notification: Notification): ReplyText => ({
  summary: aloneHeadline({ ...notification, reason: "retracted" }),
  title: text`☑️ No ${wordsFor(notification).noun} after all: ${titleOf(notification)}`,
  body: text`${correctedHours(notification)}.`,
  call: [],
});

function newNormal(notification: Notification): ReplyText {
  const title = text`➡️ New normal: ${titleOf(notification)}, ${levelOf(notification)}`;
  return {
    summary: title,
    title,
    body: text`${acceptedBy(notification)}: later ${unitOf(notification)}s are compared with this level. ${doubt(notification)}`,
    call: [],
  };
}

const doubt = ({ incident }: Notification): string =>
  incident.labelled?.label === "new-normal"
    ? "Wrong? Choose another label, or remove this one."
    : "Wrong? Label it real: the incident reopens, and its hours are not learned.";

/** The reply about a label and its effects. */
export function labelled({ members, watch }: Notification): ReplyText {
  const body = labelText(labelFactsOf(members.map(({ incident }) => incident)), watch);
  return { summary: body, body, call: [] };
}

/** `iOS −51% since 12:00: 610 sessions, expected 1,105–1,382 (critical)`. */
const severely = (notification: Notification): Text =>
  text`${soFar(notification)} (${notification.incident.severity})`;

/** `iOS −51%: 610 sessions, expected 1,105–1,382`. */
const named = (notification: Notification): Text =>
  text`${titleOf(notification)} ${changeAgainst(notification.incident.latest, notification.watch.series)}`;

const lasted = (notification: Notification): Text =>
  text`It has lasted ${durationOf(notification)}, ${lostSoFar(notification)}${lastReminder(notification)}.`;

const lostSoFar = (notification: Notification): string =>
  `${balanceOf(notification)} ${wordsFor(notification).lost} so far`;
