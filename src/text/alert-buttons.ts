/** The buttons and menus below an alert. */
export const alertButtons = {
  why: "Why?",
  moved: "What moved?",
  details: "Details",
  acknowledge: "Acknowledge",
  unacknowledge: "Unacknowledge",
  unmute: "Unmute",
  label: "Label…",
  /** The menu, by the scope that the mute would have. */
  mute: { watch: "Mute…", app: "Mute the app…", channel: "Mute the channel…" },
  muteChannel: {
    title: "Mute the whole channel?",
    text: "No watch posts alerts here until then.",
    confirm: "Mute the channel",
    deny: "Cancel",
  },
  muteThese: (watches: number) => `Mute these ${watches}…`,
  muteFor: (length: string) => `Mute ${length}`,
} as const;
