import type { Item, Metric } from "../../metrics/metric.ts";
import { count } from "../numbers.ts";

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** The words of the form of a watch: labels, hints, placeholders and choices. */
export const watchForm = {
  titles: { add: "Add a watch", edit: "Edit a watch" },
  submits: { add: "Watch", edit: "Save" },
  cancel: "Cancel",
  of: (watchId: string) => `Watch ${watchId}`,
  choose: "Choose…",
  suggest: "Watch everything that matters",
  saved: "Saved",
  watched: "Watched",
  notSaved: "Not saved",

  workspace: { label: "Braze workspace" },
  metric: {
    label: "What to watch",
    of: ({ title }: Pick<Metric, "title">) => title,
    /** The parts of the list, by what is counted for. */
    groups: {
      users: "Sessions and users",
      items: "Events and purchases",
      campaign: "Campaigns",
      canvas: "Canvases",
    },
  },
  item: {
    label: ({ noun, isRequired }: Item) => (isRequired ? capital(noun) : `${capital(noun)}, or all`),
    placeholder: ({ noun, isRequired }: Item) => (isRequired ? `Choose a ${noun}…` : `All ${noun}s`),
    hint: "Type a part of its name. Its first numbers appear below",
  },
  per: {
    label: "For each",
    nothing: "Nothing: watch the number itself",
    hint: "Divides by another number of the same app: orders for each session show a broken checkout that a quiet day hides",
  },
  app: { label: "App", all: "All apps together", another: "Another app…" },
  appId: { label: "The app's API identifier", hint: "In Braze under Settings → APIs and Identifiers" },
  appName: { label: "Display name" },
  segment: { label: "Segment", placeholder: "All users", hint: "Leave empty to watch all users" },
  unit: { label: "Interval", options: { hour: "Hour", day: "Day" } },

  channel: { label: "Alert channel", placeholder: "Choose a channel…" },
  direction: {
    label: "Alert on",
    options: { both: "Drops and spikes", drop: "Drops only", spike: "Spikes only" },
  },
  sensitivity: {
    label: "Sensitivity",
    options: {
      low: ["Low", "About one false alarm in two months"],
      normal: ["Normal", "About four false alarms in three months"],
      high: ["High", "About five false alarms in two months"],
      custom: ["Custom…", "Choose how many false alarms per month you accept"],
    },
  },
  falseAlarms: {
    label: "False alarms per month you accept",
    hint: "Tidewatch chooses the threshold from the history of the series; press Enter to see the preview",
  },
  minChange: {
    label: "Minimum change in %",
    hint: "Smaller changes never alert; press Enter to see the preview",
  },
  minCount: {
    label: "Minimum change (count)",
    hint: "Smaller changes never alert. Left empty: a tenth of a usual hour, and at least 8",
  },
  criticalFrom: {
    label: "Critical from (count)",
    hint: "Smaller changes are a warning at most. Left empty: a quarter of a usual hour, and at least 100",
  },

  owner: { name: "Owner", label: "Owner, mentioned in critical alerts", placeholder: "Nobody" },
  ownerGroup: {
    name: "User group as owner",
    label: "Or a user group as owner",
    placeholder: "No group",
    /** Where Slack does not list the groups. */
    byId: "Or a user group as owner, by its ID",
    hint: "Slack does not list its user groups to Tidewatch: give the app the scope usergroups:read and reinstall it, or type an ID such as S0123456789 (People → User groups → Copy group ID)",
  },
  runbook: {
    label: "Runbook",
    hint: "A page that says what to do, linked in every alert",
    /** Stands in the field for an address that is too long. */
    tooLong: "too long: type it again",
  },

  quietFrom: {
    label: "Quiet hours from",
    hint: "In the app's time zone. Warnings are posted when quiet hours end",
    placeholder: "Never",
  },
  quietTo: { label: "Quiet hours to", placeholder: "Never" },
  quietDays: {
    label: "Quiet hours start on",
    hint: "Nothing selected: every day",
    options: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  },
  quietCritical: { label: "In quiet hours", option: "Also hold back critical alerts" },

  ofApp: "These settings apply to every watch of this app",
  zone: { label: "Time zone of the app's users", placeholder: "Time zone of the workspace" },
  country: {
    label: "Country for public holidays",
    hint: "A country code such as DE, or with its state such as AU-VIC. Empty: the country of the workspace",
  },
} as const;

/** The words around the second step of the form. */
export const advancedWords = {
  show: "Advanced settings…",
  hide: "Fewer settings",
  used: (labels: readonly string[]) =>
    labels.length === 0
      ? "Direction, minimum change, owner, runbook, quiet hours, time zone: as usual"
      : `Set there: ${labels.join(", ")}`,
  error: (label: string, error: string) => `Advanced settings, ${label}: ${error}`,
} as const;

/** How many more series of purchases and revenue fit beside what is watched. */
export const roomWords = (room: number): string =>
  room === 0
    ? "No more series of purchases or revenue fit in the requests that Braze allows an hour: single products are then read every second or third hour"
    : `${count(room)} more series of purchases or revenue ${room === 1 ? "fits" : "fit"} in the requests that Braze allows an hour`;

/** What is wrong with a field of the form, and what to do. */
export const watchFormErrors = {
  untracked:
    "Braze counts nothing for this segment. Turn on analytics tracking in its settings in Braze, then choose it again.",
  item: ({ noun }: Item) => `Choose the ${noun}.`,
  segment: "Choose the segment.",
  channel: "Choose the channel for alerts.",
  twoOwners: "Choose a person or a user group, not both.",
  country:
    "No holidays are known for this country. Use a country code such as DE, or with its state such as AU-VIC.",
  appId: "Copy the app's API identifier from Braze: Settings → APIs and Identifiers.",
  appName: "Enter a name for the app. Every alert shows it.",
  quietHalf: "Quiet hours need a start and an end.",
  quietEmpty: "Quiet hours start and end at the same time. Choose another time, or clear both.",
} as const;

/** The description of a segment that Braze does not track. */
export const notTracked = "⚠️ Not tracked: Braze counts nothing for this segment";
