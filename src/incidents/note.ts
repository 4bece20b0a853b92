import type { Instant } from "../time/time.ts";

/** What a person wrote about an incident in the thread of its alert. */
export interface Note {
  readonly by: string;
  readonly at: Instant;
  readonly text: string;
  /** Slack's name for the reply, so that a repeated, edited or deleted one is the same note. */
  readonly ts: string;
}

/** What notes are about. */
interface Noted {
  readonly notes?: readonly Note[];
}

/** How many notes an incident keeps, the newest: a long talk in a thread is no record. */
export const MOST_NOTES = 20;

/** How many characters of a note are kept. */
const LONGEST_NOTE = 500;

/** The incident with a note; one of the same reply is replaced. */
export function withNote<About extends Noted>(incident: About, note: Note): About {
  const letters = Array.from(note.text);
  const text = letters.length > LONGEST_NOTE ? `${letters.slice(0, LONGEST_NOTE - 1).join("")}…` : note.text;
  const others = (incident.notes ?? []).filter(({ ts }) => ts !== note.ts);
  const notes = [...others, { ...note, text }].sort((a, b) => Number(a.ts) - Number(b.ts));
  return { ...incident, notes: notes.slice(-MOST_NOTES) };
}

/** The incident without the note of a reply; the same object if it has none. */
export function withoutNote<About extends Noted>(incident: About, ts: string): About {
  const { notes, ...rest } = incident;
  const left = notes?.filter((note) => note.ts !== ts) ?? [];
  if (left.length === (notes?.length ?? 0)) return incident;
  return (left.length > 0 ? { ...rest, notes: left } : rest) as About;
}

/** The notes on incidents of one alert, oldest first, each once. */
export const notesOf = (incidents: readonly Noted[]): Note[] =>
  [
    ...new Map(incidents.flatMap(({ notes = [] }) => notes.map((note) => [note.ts, note] as const))).values(),
  ].sort((a, b) => Number(a.ts) - Number(b.ts));
