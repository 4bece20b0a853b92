/** The words of the form that mutes. */
export const muteForm = {
  title: "Mute",
  submit: "Mute",
  cancel: "Cancel",
  choose: "Choose…",
  what: "What",
  howLong: "How long",
  until: "Until",
  scopes: {
    watch: "Only this watch",
    app: "The app with all its segments",
    channel: "All alerts in the channel",
  },
} as const;

/** What is wrong with a field of the form, and what to do. */
export const muteFormErrors = {
  noEnd: "Choose when the mute ends.",
  past: "This time has passed. Choose a later time.",
} as const;
