import type { Label } from "../../../incidents/label.ts";
import { muteLengths } from "../../../text/forms/mute.ts";

/** The actions of a message about incidents. Each carries the id of its incident. */
export const INCIDENT = {
  acknowledge: "incident.acknowledge",
  unacknowledge: "incident.unacknowledge",
  mute: "incident.mute",
  unmute: "incident.unmute",
  label: "incident.label",
  why: "incident.why",
  moved: "incident.moved",
  more: "incident.more",
} as const;

/** The lengths of a mute that need no further question; `date` opens a form. */
export type MuteChoice = keyof typeof muteLengths;

/** Each choice with its label. */
export const MUTE_CHOICES = Object.entries(muteLengths) as readonly (readonly [MuteChoice, string])[];

/** The value of a choice about an incident. It holds both, because a select menu has no value of its own. */
export const choiceOf = (choice: MuteChoice | Label, incidentId: string): string => `${choice} ${incidentId}`;

/**
 * Reads such a choice back; undefined for what is none.
 * @example readChoice("4h ios.drop@2026-06-16T12"); // => { choice: "4h", incidentId: "ios.drop@2026-06-16T12" }
 */
export function readChoice(value: string): { choice: string; incidentId: string } | undefined {
  const [, choice, incidentId] = /^(\S+) (\S+)$/.exec(value) ?? [];
  return choice && incidentId ? { choice, incidentId } : undefined;
}
