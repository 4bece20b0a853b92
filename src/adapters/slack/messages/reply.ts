import { labelFactsOf } from "../../../incidents/label-facts.ts";
import type { Notification } from "../../../notifications/notification.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { section } from "../blocks/blocks.ts";
import { localWhen } from "../blocks/when.ts";
import {
  acceptedBy,
  against,
  balanceOf,
  changeAgainst,
  correctedHours,
  depthOf,
  durationOf,
  lastWord,
  levelOf,
  stateOf,
  titleOf,
  wordsFor,
} from "./facts.ts";
import { overText, reminderText, reopenedText, retractedText, unmutedText, worseText } from "./fallback.ts";
import { labelText } from "./label-reply.ts";
import { call } from "./root.ts";

/** The thread reply when an incident turned critical. It may be broadcast to the channel, so it names the series. */
export const worsenedReply = (notification: Notification): Message => {
  const { incident, watch } = notification;
  const { arrow, noun, lost } = wordsFor(notification);
  return {
    text: worseText(notification),
    blocks: [
      block(
        `${arrow} *Worse, now critical: ${titleOf(notification, 80)} ${changeAgainst(incident.latest)}*\n` +
          `${localWhen(incident.lastBucket, watch.series.unit)}: the ${noun} lasts ${durationOf(notification)} by now, ` +
          `${balanceOf(notification)} sessions ${lost} so far.`,
      ),
      ...call(notification.members).map(block),
    ],
  };
};

/** The thread reply when an incident reopened. */
export const reopenedReply = (notification: Notification): Message => {
  const { incident } = notification;
  const { arrow, Noun } = wordsFor(notification);
  return {
    text: reopenedText(notification),
    blocks: [
      block(`${arrow} *${Noun} is back: ${titleOf(notification, 80)} ${changeAgainst(incident.latest)}*`),
    ],
  };
};

/** The thread reply when a mute ended before its incident. */
export const unmutedReply = (notification: Notification): Message => {
  const { incident } = notification;
  const { arrow, noun, lost } = wordsFor(notification);
  return {
    text: unmutedText(notification),
    blocks: [
      block(
        `${arrow} *The mute is over, the ${noun} is not: ${titleOf(notification, 80)} ${changeAgainst(incident.latest)}*\n` +
          `It lasts ${durationOf(notification)} by now, ${balanceOf(notification)} sessions ${lost} so far${lastWord(notification)}.`,
      ),
    ],
  };
};

/** The thread reply when a critical incident has no acknowledgement. */
export const reminderReply = (notification: Notification): Message => {
  const { incident } = notification;
  const { lost } = wordsFor(notification);
  return {
    text: reminderText(notification),
    blocks: [
      block(
        `⏰ *Still critical, acknowledged by nobody: ${titleOf(notification, 80)} ${changeAgainst(incident.latest)}*\n` +
          `It lasts ${durationOf(notification)} by now, ${balanceOf(notification)} sessions ${lost} so far${lastWord(notification)}.`,
      ),
    ],
  };
};

/** The thread reply when an incident resolved, because an edit of the root message notifies nobody. */
export const resolvedReply = (notification: Notification): Message => {
  if (stateOf(notification) === "settled") return newNormalReply(notification);
  const { incident } = notification;
  const { Noun, lost } = wordsFor(notification);
  return {
    text: overText(notification),
    blocks: [
      block(
        `✅ *${Noun} over after ${durationOf(notification)}: ${titleOf(notification, 80)}*\n` +
          `${depthOf(notification)}, ${balanceOf(notification)} sessions ${lost} in all. Back at ${against(incident.latest)}.`,
      ),
    ],
  };
};

/** The thread reply when the hours of an incident were read again and are as expected. */
export const retractedReply = (notification: Notification): Message => {
  const { incident, watch } = notification;
  const since = localWhen(incident.openedAt, watch.series.unit);
  return {
    text: retractedText(notification),
    blocks: [
      block(
        `☑️ *No ${wordsFor(notification).noun} after all: ${titleOf(notification, 80)}*\n${correctedHours(notification, since)}.`,
      ),
    ],
  };
};

/** The thread reply when the level of an incident became normal. */
const newNormalReply = (notification: Notification): Message => ({
  text: overText(notification),
  blocks: [
    block(
      `➡️ *Settled at a new level: ${titleOf(notification, 80)}, ${levelOf(notification)}*\n` +
        `${acceptedBy(notification)}: from now on it is judged against the new level. ${doubtOf(notification)}`,
    ),
  ],
});

const doubtOf = ({ incident }: Notification): string =>
  incident.labelled?.label === "new-normal"
    ? "Not so? Give it another label, or take this one back."
    : "Not so? Label it *real*: then its hours are forgotten, and it goes on.";

/** The thread reply about a label and its effects. */
export const labelledReply = (notification: Notification): Message => {
  const text = labelText(labelFactsOf(notification.members.map(({ incident }) => incident)), notification);
  return { text, blocks: [block(text)] };
};

const block = (text: string) => ({ ...section(text) });
