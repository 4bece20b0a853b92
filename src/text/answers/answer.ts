import { joined, plainText, type Text } from "../text.ts";

/** What a button below an answer does. */
export type AnswerAction =
  | { readonly do: "undo"; readonly change: string }
  /** Opens the form for a pasted backup. */
  | { readonly do: "import" }
  /** A menu of the labels that an incident can get. */
  | { readonly do: "label"; readonly incidentId: string }
  /** Runs a command, as it is typed after `/tidewatch`. */
  | { readonly do: "run"; readonly command: string };

/** A button below an answer or beside one of its lines. */
export interface AnswerButton {
  readonly label: string;
  readonly action: AnswerAction;
}

/** A line of an answer, with the button for what it is about. */
export interface AnswerRow {
  readonly text: Text;
  readonly button?: AnswerButton;
}

/** A part of an answer, which a notifier lays out in its own way. */
export type AnswerPart =
  | { readonly kind: "paragraph"; readonly text: Text }
  /** Lines below a heading. Lines beyond one message are counted. */
  | { readonly kind: "list"; readonly heading: Text; readonly lines: readonly Text[] }
  /** The same, with a button beside each line. */
  | { readonly kind: "rows"; readonly heading: Text; readonly rows: readonly AnswerRow[] }
  | { readonly kind: "footer"; readonly texts: readonly Text[] }
  /** Text to copy, as it is. */
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "buttons"; readonly buttons: readonly AnswerButton[] };

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

/** What counts the lines that do not fit. */
export const moreLines = (count: number): string => `… and ${count} more.`;

export const paragraph = (text: Text): AnswerPart => ({ kind: "paragraph", text });
export const list = (heading: Text, lines: readonly Text[]): AnswerPart => ({ kind: "list", heading, lines });
export const rows = (heading: Text, all: readonly AnswerRow[]): AnswerPart => ({
  kind: "rows",
  heading,
  rows: all,
});
export const buttons = (...all: readonly AnswerButton[]): AnswerPart => ({ kind: "buttons", buttons: all });

/** A button that runs a command. */
export const runButton = (label: string, command: string): AnswerButton => ({
  label,
  action: { do: "run", command },
});
export const footer = (...texts: readonly Text[]): AnswerPart => ({ kind: "footer", texts });

/** A list as an answer. The command line has room for all its lines, and needs no heading. */
export const listOf = (headline: Text, heading: Text, lines: readonly Text[]): Answer => ({
  headline,
  parts: [list(heading, lines)],
  lines,
});

/** The same, with a button beside each line. */
export const rowsOf = (headline: Text, heading: Text, all: readonly AnswerRow[]): Answer => ({
  headline,
  parts: [rows(heading, all)],
  lines: all.map((row) => row.text),
});

/** The answer after several things were done at once: each with its own Undo. */
export const together = (answers: readonly Answer[], headline: string): Answer =>
  answers.length === 1 ? answers[0]! : { headline: [headline], parts: answers.flatMap(({ parts }) => parts) };

/** An answer as the command line prints it. */
export function plainAnswer({ headline, parts, lines }: Answer): string {
  const texts = lines ?? parts.flatMap(linesOf);
  return (texts.length > 0 ? texts : [headline]).map((line) => plainText(line)).join("\n");
}

/** A part as the command line prints it, a line each. */
export function linesOf(part: AnswerPart): readonly Text[] {
  switch (part.kind) {
    case "paragraph":
      return [part.text];
    case "list":
      return [part.heading, ...part.lines];
    case "rows":
      return [part.heading, ...part.rows.map((row) => row.text)];
    case "footer":
      return [joined(part.texts, "  ·  ")];
    default:
      return [];
  }
}
