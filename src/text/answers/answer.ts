import { joined, plainText, type Text } from "../text.ts";

/** What a button below an answer does. */
export type AnswerAction =
  | { readonly do: "undo"; readonly change: string }
  /** Opens the form for a pasted backup. */
  | { readonly do: "import" };

/** A part of an answer, which a notifier lays out in its own way. */
export type AnswerPart =
  | { readonly kind: "paragraph"; readonly text: Text }
  /** Lines below a heading. Lines beyond one message are counted. */
  | { readonly kind: "list"; readonly heading: Text; readonly lines: readonly Text[] }
  | { readonly kind: "footer"; readonly texts: readonly Text[] }
  /** Text to copy, as it is. */
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "button"; readonly label: string; readonly action: AnswerAction };

/** The answer to a command, before Slack or the command line writes it. */
export interface Answer {
  /** The answer in a few words, as a notification shows it. */
  readonly headline: Text;
  readonly parts: readonly AnswerPart[];
  /** What the command line prints instead of the parts, a line each. */
  readonly lines?: readonly Text[];
  /** What the command line prints instead of all, as it is. */
  readonly verbatim?: string;
}

export const paragraph = (text: Text): AnswerPart => ({ kind: "paragraph", text });
export const list = (heading: Text, lines: readonly Text[]): AnswerPart => ({ kind: "list", heading, lines });
export const footer = (...texts: readonly Text[]): AnswerPart => ({ kind: "footer", texts });

/** A list as an answer. The command line has room for all its lines, and needs no heading. */
export const listOf = (headline: Text, heading: Text, lines: readonly Text[]): Answer => ({
  headline,
  parts: [list(heading, lines)],
  lines,
});

/** An answer as the command line prints it. */
export function plainAnswer({ headline, parts, lines }: Answer): string {
  const texts = lines ?? parts.flatMap(linesOf);
  return (texts.length > 0 ? texts : [headline]).map(plainText).join("\n");
}

function linesOf(part: AnswerPart): readonly Text[] {
  switch (part.kind) {
    case "paragraph":
      return [part.text];
    case "list":
      return [part.heading, ...part.lines];
    case "footer":
      return [joined(part.texts, "  ·  ")];
    default:
      return [];
  }
}
