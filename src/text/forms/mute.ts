/** The words of the form that mutes. */
export const muteForm = {
  title: "Mute",
  submit: "Mute",
  muteChannel: "Mute the channel",
  cancel: "Cancel",
  back: "Back",
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

/** How long a mute lasts. */
export const muteLengths = {
  "1h": "for 1 hour",
  "4h": "for 4 hours",
  tomorrow: "until tomorrow, 9:00",
  recovery: "until it recovers",
  date: "until a date…",
} as const;

/** What is wrong with a field of the form, and what to do. */
export const muteFormErrors = {
  noEnd: "Choose when the mute ends.",
  past: "This time has passed. Choose a later time.",
} as const;
