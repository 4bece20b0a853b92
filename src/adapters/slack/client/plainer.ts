import type { Block, Message } from "../../../pipeline/ports/messages.ts";
import { consequenceOf, NO_THREAD } from "./error-table.ts";
import { codeOf } from "./errors.ts";

/** One form in which a message can be sent. */
export interface Form {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The picture that it shows. */
  readonly chartImage?: Block;
  /** Whether the form shows less than intended. A missing picture does not count. */
  readonly isPlainer: boolean;
  /** Whether only the text is sent, without the id by which the message is found again. */
  readonly isBare: boolean;
}

/** What Slack accepted, and why it accepted nothing better. */
export interface Taken<Answer> {
  readonly answer: Answer;
  readonly form: Form;
  /** Slack's first refusal, if it accepted only a plainer form. */
  readonly refusal?: unknown;
}

/** Slack accepts 4,000 characters of text in an edit. */
const LONGEST_TEXT = 3_800;

/**
 * All forms of a message, best first: with each picture, without a picture, with text blocks only, as text, as one
 * line.
 */
export function formsOf({ text, blocks, chartImages = [] }: Message): Form[] {
  const whole = { text, blocks, isPlainer: false, isBare: false };
  const words = blocks.filter(({ type }) => type === "section" || type === "context").map(wordsOnly);
  const plainer = { text, blocks: words, isPlainer: true, isBare: false };
  return [
    ...chartImages.map((chartImage) => ({
      ...whole,
      blocks: [...blocks.slice(0, 1), chartImage, ...blocks.slice(1)],
      chartImage,
    })),
    whole,
    ...(words.length > 0 ? [plainer, { ...plainer, text: textIn(words), blocks: [] }] : []),
    { text: clipped(text), blocks: [], isPlainer: true, isBare: true },
  ];
}

/**
 * Sends a message in the best form that Slack takes. The next is tried only where Slack refused one clearly, so that
 * nothing of it arrived; throws the refusal of the best form without a picture where Slack refuses them all.
 * @param onRefused is told of each form that was refused.
 */
export async function sendPlainer<Answer>(
  forms: readonly Form[],
  send: (form: Form) => Promise<Answer>,
  onRefused: (form: Form, code: string) => void = () => {},
): Promise<Taken<Answer>> {
  let refusal: unknown;
  let isOfChartImage = true;
  for (const form of forms) {
    try {
      const answer = await send(form);
      return { answer, form, ...(form.isPlainer && refusal !== undefined && { refusal }) };
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || !isAboutForm(code)) throw error;
      onRefused(form, code);
      if (isOfChartImage) refusal = error;
      isOfChartImage &&= form.chartImage !== undefined;
    }
  }
  throw refusal;
}

/** Whether a refusal may concern the form of a message. An unknown code may. */
export const isAboutForm = (code: string): boolean =>
  ["rejected", "uploads"].includes(consequenceOf(code) ?? "rejected") &&
  !NO_THREAD.has(code) &&
  code !== "cant_broadcast_message";

/** A text block without interactive elements. */
const wordsOnly = ({ accessory: _, ...block }: Block): Block => block;

/** The content of blocks as one text that Slack formats in the same way. */
function textIn(blocks: readonly Block[]): string {
  const lines = blocks.flatMap(({ text, fields = [], elements = [] }) =>
    [text, ...(fields as unknown[]), ...(elements as unknown[])].map(wordsIn).filter((words) => words !== ""),
  );
  return clipped(lines.join("\n"));
}

const wordsIn = (text: unknown): string => String((text as { text?: unknown } | undefined)?.text ?? "");

function clipped(text: string): string {
  const letters = Array.from(text);
  return letters.length <= LONGEST_TEXT ? text : `${letters.slice(0, LONGEST_TEXT - 1).join("")}…`;
}
