/** The titles of what the shortcuts of an alert open. */
export const shortcutTitles = { why: "Why?", mute: "Mute" } as const;
