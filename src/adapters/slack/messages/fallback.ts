import type { Notification } from "../../../notifications/notification.ts";
import { plainWhen } from "../blocks/when.ts";
import {
  against,
  balanceOf,
  changeSince,
  correctedHours,
  depthOf,
  durationOf,
  lastWord,
  levelOf,
  stateOf,
  titleOf,
  whereNow,
  wordsFor,
} from "./facts.ts";

/** How much of a name a phone's lock screen shows. */
const NAME = 40;

/** The root message as one plain line, for notifications and screen readers. */
export function rootText(notification: Notification): string {
  const { arrow, Noun, noun } = wordsFor(notification);
  switch (stateOf(notification)) {
    case "open":
      return `${arrow} ${Noun}: ${soFar(notification)}`;
    case "easing":
      return `${arrow} ${Noun} easing: ${soFar(notification)}`;
    case "resolved":
    case "settled":
      return overText(notification);
    case "retracted":
      return retractedText(notification);
    case "unwatched":
      return `⏹️ ${titleOf(notification, NAME)}: ${notification.incident.unwatched?.movedTo ? "alerted on in another channel from now on" : whereNow(notification.incident.unwatched!)}`;
    case "missed":
      return `${arrow} Missed ${noun}, over by now: ${inAll(notification)}`;
  }
}

/** The reply text when an incident turned critical. */
export const worseText = (notification: Notification): string =>
  `${wordsFor(notification).arrow} Worse: ${soFar(notification)}`;

/** The reply text when an incident reopened. */
export const reopenedText = (notification: Notification): string =>
  `${wordsFor(notification).arrow} Back again: ${soFar(notification)}`;

/** The reply text when an incident is still critical and nobody has acknowledged it. */
export const reminderText = (notification: Notification): string =>
  `⏰ Acknowledged by nobody: ${soFar(notification)}${lastWord(notification)}`;

/** The reply text when a mute ended. */
export const unmutedText = (notification: Notification): string =>
  `${wordsFor(notification).arrow} No longer muted: ${soFar(notification)}`;

/** The reply text when an incident resolved, or its level became normal. */
export const overText = (notification: Notification): string =>
  stateOf(notification) === "settled"
    ? `➡️ Settled at a new level: ${titleOf(notification, NAME)}, ${levelOf(notification)}`
    : `✅ ${wordsFor(notification).Noun} over: ${inAll(notification)}`;

/** The reply text when an incident was retracted. */
export const retractedText = (notification: Notification): string => {
  const since = plainWhen(notification.incident.openedAt, notification.watch.series.unit);
  return `☑️ No ${wordsFor(notification).noun} after all: ${titleOf(notification, NAME)}. ${correctedHours(notification, since)}`;
};

const soFar = (notification: Notification): string => {
  const { incident, watch } = notification;
  const since = plainWhen(incident.openedAt, watch.series.unit);
  return `${titleOf(notification, NAME)} ${changeSince(notification, since)}: ${against(incident.latest)} (${incident.severity})`;
};

const inAll = (notification: Notification): string => {
  const { incident, watch } = notification;
  const from = plainWhen(incident.openedAt, watch.series.unit);
  const loss = `${balanceOf(notification)} sessions ${wordsFor(notification).lost}`;
  return `${titleOf(notification, NAME)} ${depthOf(notification)}, ${durationOf(notification)} from ${from}, ${loss}`;
};
