/** The words of the form that plans an event. */
export const eventForm = {
  title: "Plan an event",
  submit: "Plan",
  cancel: "Cancel",
  choose: "Choose…",
  name: {
    label: "Name",
    placeholder: "Push campaign",
    hint: "Its hours use a wider expected range and are not learned",
  },
  from: "From",
  to: "To",
  scope: "Applies to",
  everything: "Everything",
  workspace: (name: string) => `Workspace ${name}`,
  announced: "Tidewatch announces it in the affected channels before it begins",
} as const;

/** What is wrong with a field of the form, and what to do. */
export const eventFormErrors = {
  scope: "Choose what the event applies to.",
  name: "Enter a name for the event.",
  to: "Choose when the event ends.",
  order: "The end must be after the beginning.",
  past: "The event has already ended. Exclude its hours instead (/tidewatch exclude).",
} as const;
