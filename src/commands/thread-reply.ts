import { InputError } from "../errors.ts";
import type { Label } from "../incidents/label.ts";
import { labelNamed } from "./grammar/label.ts";
import type { Moment } from "./grammar/moment.ts";
import { muteTargetUntil } from "./grammar/mute.ts";
import { textOf } from "./grammar/syntax.ts";
import { tokens, type Word } from "./grammar/words.ts";
import { commandNamed } from "./table.ts";

/** What a reply in the thread of an alert asks for; the alert is what it is about. */
export type ThreadReply =
  | { readonly does: "mute"; readonly until: Moment | "recovery" }
  | { readonly does: "label"; readonly label?: Label }
  | { readonly does: "unmute" | "ack" | "why" | "help" }
  /** Anything else. */
  | { readonly does: "note" };

/** Somebody who means a command writes no more words after it; a longer reply is a sentence. */
const MOST_WORDS = 4;

/**
 * Reads a reply in the thread of an alert. Throws InputError for a short one that begins as a command and cannot be
 * read: kept as a note, it would look as if it had been done.
 */
export function readThreadReply(text: string): ThreadReply {
  const words = tokens(text.replace(/[\s.!?]+$/, ""));
  const [first, ...rest] = words;
  if (!first) return { does: "note" };
  const label = labelNamed(textOf(words));
  if (label && label !== "none") return { does: "label", label };
  const named = commandNamed(first.text);
  const after = rest.filter(({ text }, i) => i > 0 || !/^(?:this|it)$/i.test(text));
  const isShort = after.length <= MOST_WORDS;
  switch (named) {
    case "unmute":
    case "ack":
    case "why":
    case "help":
      return after.length === 0 ? { does: named } : { does: "note" };
    case "label":
      return labelOf(after) ?? { does: "note" };
    case "mute":
      return isShort ? muteOf(after) : { does: "note" };
    default:
      return { does: "note" };
  }
}

function labelOf(words: readonly Word[]): ThreadReply | undefined {
  const label = labelNamed(textOf(words));
  return label && { does: "label", ...(label !== "none" && { label }) };
}

/** Reads "2h" and "until tomorrow" as they are read after the name of a watch. */
function muteOf(words: readonly Word[]): ThreadReply {
  const alert: Word = { text: "this", isQuoted: true, isClosed: true };
  try {
    return { does: "mute", until: muteTargetUntil.read([alert, ...words]).until };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${error.message}. In this thread: mute 2h, mute until tomorrow 9:00`, {
      cause: error,
    });
  }
}
