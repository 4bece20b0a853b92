import type { Button, KnownBlock, StaticSelect } from "@slack/types";
import type { Message } from "../../../pipeline/ports/messages.ts";
import type { Answer, AnswerButton, AnswerPart } from "../../../text/answers/answer.ts";
import { footer, section } from "../blocks/blocks.ts";
import { actions, button } from "../blocks/elements.ts";
import { labelSelect } from "../blocks/label-select.ts";
import { mrkdwn, phoneText } from "../blocks/mrkdwn.ts";
import { listBlocks } from "./lists.ts";

/** The buttons below answers. The value of an undo is the change's id, that of a run the command. */
export const UNDO_ACTION = "change.undo";
export const IMPORT_ACTION = "import.open";
export const RUN_ACTION = /^command\.run(\.\d+)?$/;

/** Slack accepts 3,000 characters in a section. */
const PER_SECTION = 2_800;

/** An answer as a message. */
export const answerMessage = (answer: Answer): Message => ({
  text: phoneText([answer.headline], "UTC"),
  blocks: answerBlocks(answer).map((block) => ({ ...block })),
});

/** The same without its headline. */
export const answerBlocks = ({ parts }: Pick<Answer, "parts">): KnownBlock[] => parts.flatMap(blocksOf);

function blocksOf(part: AnswerPart): KnownBlock[] {
  switch (part.kind) {
    case "paragraph":
      return [section(mrkdwn(part.text))];
    case "list":
      return listBlocks(
        mrkdwn(part.heading),
        part.lines.map((line) => mrkdwn(line)),
      );
    case "rows":
      return rowBlocks(part);
    case "footer":
      return [footer(part.texts.map((text) => mrkdwn(text)))];
    case "copy":
      return preformatted(part.text);
    case "buttons":
      return [actions(part.buttons.map(answerButton))];
  }
}

/** A block of a line with a button is this much longer than the line. */
const BESIDE = 250;

/** Slack has refused messages of 11,400 characters. */
const LONGEST_ROWS = 5_400;

/** A heading, then each line with its button beside it. Lines for which there is no room follow without their buttons. */
function rowBlocks({ heading, rows }: Extract<AnswerPart, { kind: "rows" }>): KnownBlock[] {
  const lines = rows.map(({ text }) => mrkdwn(text));
  if (rows.every(({ button }) => !button)) return listBlocks(mrkdwn(heading), lines);
  const fit = fitting(lines);
  const [next, ...rest] = lines.slice(fit);
  return [
    section(mrkdwn(heading)),
    ...rows.slice(0, fit).map(({ button: beside }, i) => ({
      ...section(lines[i]!),
      ...(beside && { accessory: answerButton(beside) }),
    })),
    ...(next === undefined ? [] : listBlocks(next, rest)),
  ];
}

/** How many of these lines fit with their buttons. */
function fitting(lines: readonly string[]): number {
  let length = 0;
  const end = lines.findIndex((line) => {
    length += line.length + BESIDE;
    return length > LONGEST_ROWS;
  });
  return end < 0 ? lines.length : end;
}

/** @param i makes its action unique among the buttons of a block, as Slack requires */
function answerButton({ label, action }: AnswerButton, i = 0): Button | StaticSelect {
  switch (action.do) {
    case "label":
      return labelSelect({ id: action.incidentId }, label);
    case "undo":
      return button(UNDO_ACTION, label, action.change);
    case "import":
      return { type: "button", action_id: IMPORT_ACTION, text: { type: "plain_text", text: label } };
    case "run":
      return button(`command.run${i > 0 ? `.${i}` : ""}`, label, action.command);
  }
}

/** Split between characters, never within one. */
function preformatted(copied: string): KnownBlock[] {
  const letters = Array.from(copied);
  return Array.from({ length: Math.ceil(letters.length / PER_SECTION) }, (_, i) => ({
    type: "rich_text",
    elements: [
      {
        type: "rich_text_preformatted",
        elements: [{ type: "text", text: letters.slice(i * PER_SECTION, (i + 1) * PER_SECTION).join("") }],
      },
    ],
  }));
}
