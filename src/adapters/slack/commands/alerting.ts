import type { Acknowledgement } from "../../../incidents/incident.ts";
import { section } from "../blocks/blocks.ts";
import { personOf } from "../messages/facts.ts";
import { type Answer, answerOf } from "./answer.ts";

/** The answer after an acknowledgement was undone, or did not exist. */
export function acknowledgedAnswer(incidentId: string, before: Acknowledgement | undefined): Answer {
  const said = before
    ? `Taken back: ${personOf(before.by)} had acknowledged \`${incidentId}\`. Reminders begin again.`
    : `Nobody has acknowledged \`${incidentId}\`.`;
  return answerOf(before ? "The acknowledgement is taken back" : "Nobody has acknowledged it", [
    section(said),
  ]);
}
