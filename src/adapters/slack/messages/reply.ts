import { labelFactsOf } from "../../../incidents/label-facts.ts";
import type { Notice } from "../../../notifications/notification.ts";
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

/** What is said in the thread when it turned critical; it may be shown in the channel too, so it names what fell. */
export const worsenedReply = (notice: Notice): Message => {
  const { incident, watch } = notice;
  const { arrow, noun, lost } = wordsFor(notice);
  return {
    text: worseText(notice),
    blocks: [
      block(
        `${arrow} *Worse, now critical: ${titleOf(notice, 80)} ${changeAgainst(incident.latest)}*\n` +
          `${localWhen(incident.lastBucket, watch.series.unit)}: the ${noun} lasts ${durationOf(notice)} by now, ` +
          `${balanceOf(notice)} sessions ${lost} so far.`,
      ),
      ...call(notice.members).map(block),
    ],
  };
};

/** What is said in the thread when it was over and is back within hours. */
export const reopenedReply = (notice: Notice): Message => {
  const { incident } = notice;
  const { arrow, Noun } = wordsFor(notice);
  return {
    text: reopenedText(notice),
    blocks: [block(`${arrow} *${Noun} is back: ${titleOf(notice, 80)} ${changeAgainst(incident.latest)}*`)],
  };
};

/** What is said in the thread when a mute is over and it is not. */
export const unmutedReply = (notice: Notice): Message => {
  const { incident } = notice;
  const { arrow, noun, lost } = wordsFor(notice);
  return {
    text: unmutedText(notice),
    blocks: [
      block(
        `${arrow} *The mute is over, the ${noun} is not: ${titleOf(notice, 80)} ${changeAgainst(incident.latest)}*\n` +
          `It lasts ${durationOf(notice)} by now, ${balanceOf(notice)} sessions ${lost} so far${lastWord(notice)}.`,
      ),
    ],
  };
};

/** What is said in the thread when it is critical and nobody has acknowledged it. */
export const reminderReply = (notice: Notice): Message => {
  const { incident } = notice;
  const { lost } = wordsFor(notice);
  return {
    text: reminderText(notice),
    blocks: [
      block(
        `⏰ *Still critical, acknowledged by nobody: ${titleOf(notice, 80)} ${changeAgainst(incident.latest)}*\n` +
          `It lasts ${durationOf(notice)} by now, ${balanceOf(notice)} sessions ${lost} so far${lastWord(notice)}.`,
      ),
    ],
  };
};

/** What is said in the thread when it is over: an edit of the root notifies nobody. */
export const resolvedReply = (notice: Notice): Message => {
  if (stateOf(notice) === "settled") return settledReply(notice);
  const { incident } = notice;
  const { Noun, lost } = wordsFor(notice);
  return {
    text: overText(notice),
    blocks: [
      block(
        `✅ *${Noun} over after ${durationOf(notice)}: ${titleOf(notice, 80)}*\n` +
          `${depthOf(notice)}, ${balanceOf(notice)} sessions ${lost} in all. Back at ${against(incident.latest)}.`,
      ),
    ],
  };
};

/** What is said in the thread when its hours, read again, are as expected. */
export const retractedReply = (notice: Notice): Message => {
  const { incident, watch } = notice;
  const since = localWhen(incident.openedAt, watch.series.unit);
  return {
    text: retractedText(notice),
    blocks: [
      block(
        `☑️ *No ${wordsFor(notice).noun} after all: ${titleOf(notice, 80)}*\n${correctedHours(notice, since)}.`,
      ),
    ],
  };
};

/** What is said in the thread when its level is taken for normal. */
const settledReply = (notice: Notice): Message => ({
  text: overText(notice),
  blocks: [
    block(
      `➡️ *Settled at a new level: ${titleOf(notice, 80)}, ${levelOf(notice)}*\n` +
        `${acceptedBy(notice)}: from now on it is judged against the new level. ${doubtOf(notice)}`,
    ),
  ],
});

const doubtOf = ({ incident }: Notice): string =>
  incident.labelled?.label === "new-normal"
    ? "Not so? Give it another label, or take this one back."
    : "Not so? Label it *real*: then its hours are forgotten, and it goes on.";

/** What is said in the thread of a label, and what follows from it. */
export const labelledReply = (notice: Notice): Message => {
  const text = labelText(labelFactsOf(notice.members.map(({ incident }) => incident)), notice);
  return { text, blocks: [block(text)] };
};

const block = (text: string) => ({ ...section(text) });
