import type { Notice } from "../../../notifications/notification.ts";
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
  wordsFor,
} from "./facts.ts";

/** How much of a name a phone's lock screen has room for. */
const NAME = 40;

/** The root message as one plain line, for notifications and screen readers. */
export function rootText(notice: Notice): string {
  const { arrow, Noun, noun } = wordsFor(notice);
  switch (stateOf(notice)) {
    case "open":
      return `${arrow} ${Noun}: ${soFar(notice)}`;
    case "easing":
      return `${arrow} ${Noun} easing: ${soFar(notice)}`;
    case "resolved":
    case "settled":
      return overText(notice);
    case "retracted":
      return retractedText(notice);
    case "unwatched":
      return `⏹️ ${titleOf(notice, NAME)}: ${notice.incident.unwatched?.movedTo ? "alerted on in another channel from now on" : "no longer watched"}`;
    case "missed":
      return `${arrow} Missed ${noun}, over by now: ${inAll(notice)}`;
  }
}

/** The reply that it turned critical. */
export const worseText = (notice: Notice): string => `${wordsFor(notice).arrow} Worse: ${soFar(notice)}`;

/** The reply that it is back. */
export const reopenedText = (notice: Notice): string =>
  `${wordsFor(notice).arrow} Back again: ${soFar(notice)}`;

/** The reply that it is critical still, and nobody takes care of it. */
export const reminderText = (notice: Notice): string =>
  `⏰ Acknowledged by nobody: ${soFar(notice)}${lastWord(notice)}`;

/** The reply that a mute is over. */
export const unmutedText = (notice: Notice): string =>
  `${wordsFor(notice).arrow} No longer muted: ${soFar(notice)}`;

/** The reply that it is over, or that its level is taken for normal. */
export const overText = (notice: Notice): string =>
  stateOf(notice) === "settled"
    ? `➡️ Settled at a new level: ${titleOf(notice, NAME)}, ${levelOf(notice)}`
    : `✅ ${wordsFor(notice).Noun} over: ${inAll(notice)}`;

/** The reply that it was none after all. */
export const retractedText = (notice: Notice): string => {
  const since = plainWhen(notice.incident.openedAt, notice.watch.series.unit);
  return `☑️ No ${wordsFor(notice).noun} after all: ${titleOf(notice, NAME)}. ${correctedHours(notice, since)}`;
};

const soFar = (notice: Notice): string => {
  const { incident, watch } = notice;
  const since = plainWhen(incident.openedAt, watch.series.unit);
  return `${titleOf(notice, NAME)} ${changeSince(notice, since)}: ${against(incident.latest)} (${incident.severity})`;
};

const inAll = (notice: Notice): string => {
  const { incident, watch } = notice;
  const from = plainWhen(incident.openedAt, watch.series.unit);
  const loss = `${balanceOf(notice)} sessions ${wordsFor(notice).lost}`;
  return `${titleOf(notice, NAME)} ${depthOf(notice)}, ${durationOf(notice)} from ${from}, ${loss}`;
};
