import type { Label } from "../../../incidents/label.ts";

/** The actions of a message about incidents; each carries the id of the incident it is about. */
export const INCIDENT = {
  acknowledge: "incident.acknowledge",
  unacknowledge: "incident.unacknowledge",
  mute: "incident.mute",
  label: "incident.label",
  why: "incident.why",
  more: "incident.more",
} as const;

/** For how long something may be muted without asking further; `date` asks. */
export type MuteChoice = "1h" | "4h" | "tomorrow" | "recovery" | "date";

/** Each of them, with what people call it. */
export const MUTE_CHOICES: readonly (readonly [MuteChoice, string])[] = [
  ["1h", "for 1 hour"],
  ["4h", "for 4 hours"],
  ["tomorrow", "until tomorrow, 9:00"],
  ["recovery", "until it recovers"],
  ["date", "until a date…"],
];

/** What comes back of a choice about an incident: both in one, since a list has no value of its own. */
export const choiceOf = (choice: MuteChoice | Label, incidentId: string): string => `${choice} ${incidentId}`;

/**
 * Reads such a choice back; undefined for what is none.
 * @example readChoice("4h ios.drop@2026-06-16T12"); // => { choice: "4h", incidentId: "ios.drop@2026-06-16T12" }
 */
export function readChoice(value: string): { choice: string; incidentId: string } | undefined {
  const [, choice, incidentId] = /^(\S+) (\S+)$/.exec(value) ?? [];
  return choice && incidentId ? { choice, incidentId } : undefined;
}
