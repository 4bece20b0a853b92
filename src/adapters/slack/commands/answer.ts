import type { KnownBlock } from "@slack/types";
import type { Message } from "../../../pipeline/ports/messages.ts";
import type { Answer, AnswerAction, AnswerPart } from "../../../text/answers/answer.ts";
import { footer, section } from "../blocks/blocks.ts";
import { actions, button } from "../blocks/elements.ts";
import { mrkdwn, phoneText } from "../blocks/mrkdwn.ts";
import { listBlocks } from "./lists.ts";

/** The buttons below answers. The value of an undo is the change's id. */
export const UNDO_ACTION = "change.undo";
export const IMPORT_ACTION = "import.open";

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
    case "footer":
      return [footer(part.texts.map((text) => mrkdwn(text)))];
    case "copy":
      return preformatted(part.text);
    case "button":
      return [actions([actionButton(part.label, part.action)])];
  }
}

const actionButton = (label: string, action: AnswerAction) =>
  action.do === "undo"
    ? button(UNDO_ACTION, label, action.change)
    : {
        type: "button" as const,
        action_id: IMPORT_ACTION,
        text: { type: "plain_text" as const, text: label },
      };

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
