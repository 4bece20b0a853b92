import type { Watch } from "../../settings/watch.ts";
import { titleOf } from "../incidents.ts";
import { channel, strong, type Text, text } from "../text.ts";

/** The words of views that only show or confirm something. */
export const views = {
  cancel: "Cancel",
  back: "Back",
  close: "Close",
  done: "Done",
  refresh: "Refresh",
  loading: "⏳ One moment…",
  loadingLong: "If nothing appears within a minute, close this and try again",
} as const;

/** The words of the confirmation before a watch is removed. */
export const removeForm = { title: "Remove a watch", submit: "Remove", cancel: "Keep" } as const;

/** What follows from the removal of a watch. */
export const removeText = (watch: Watch): Text =>
  text`This removes the watch ${strong(titleOf({ watch }))} from ${channel(watch.channel)}. Tidewatch announces the removal there, with a button to undo it; its history is then read again.`;

/** The words of a preview while it is made. */
export const previewWords = {
  title: "Preview",
  waiting: "⏳ Reading the last 8 weeks…",
  waitingWhy: "This takes a few seconds for a series that is not watched yet",
} as const;
