/** The actions of the dashboard. */
export const HOME = {
  add: "home.add",
  /** Suggests watches. */
  suggest: "home.suggest",
  event: "home.event",
  /** Refreshes the dashboard. */
  refresh: "home.refresh",
  /** `value`: the page to show. */
  page: "home.page",
  otherPage: "home.other-page",
  /** An overflow menu: the action, then the watch's id. */
  watch: "home.watch",
  /** `value`: a scope as JSON. */
  unmute: "home.unmute",
  /** `value`: an event's id. */
  cancel: "home.cancel",
} as const;

export type WatchChoice = "edit" | "preview" | "mute" | "why" | "remove";

/** The value of a choice about a watch. */
export const watchChoice = (choice: WatchChoice, watchId: string): string => `${choice} ${watchId}`;

/** Reads such a choice; undefined for any other value. */
export function readWatchChoice(value: string): { choice: string; watchId: string } | undefined {
  const [, choice, watchId] = /^(\S+) (\S+)$/.exec(value) ?? [];
  return choice && watchId ? { choice, watchId } : undefined;
}
