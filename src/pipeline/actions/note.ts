import type { Incident } from "../../incidents/incident.ts";
import { type Note, notesOf, withNote, withoutNote } from "../../incidents/note.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";
import { notifiedTogether } from "../notifying/alert-group.ts";

/** Keeps a note with all incidents of an alert. Returns whether it is the first of its author there. Safe to repeat. */
export async function addNote(incident: Incident, note: Note, context: Context): Promise<boolean> {
  const together = await notifiedTogether(incident, context);
  for (const { id } of together) await amend(context.incidents, id, (now) => withNote(now, note));
  return notesOf(together).every(({ by, ts }) => by !== note.by || ts === note.ts);
}

/** Follows the edit of a reply that is a note, or its deletion; does nothing if it is none. */
export async function reviseNote(
  incident: Incident,
  { ts, text }: Pick<Note, "ts"> & Partial<Pick<Note, "text">>,
  context: Context,
): Promise<void> {
  for (const { id } of await notifiedTogether(incident, context))
    await amend(context.incidents, id, (now) => {
      const note = now.notes?.find((one) => one.ts === ts);
      if (!note) return undefined;
      return text ? withNote(now, { ...note, text }) : withoutNote(now, ts);
    });
}
