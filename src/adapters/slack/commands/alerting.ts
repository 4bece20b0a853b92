import type { Acknowledgement } from "../../../incidents/incident.ts";
import { section } from "../blocks/blocks.ts";
import { personOf } from "../blocks/mrkdwn.ts";
import { type Answer, answerOf } from "./answer.ts";

/** The answer after an acknowledgement was undone, or did not exist. */
export function acknowledgedAnswer(incidentId: string, before: Acknowledgement | undefined): Answer {
  const line = before
    ? `Acknowledgement removed: ${personOf(before.by)} had acknowledged \`${incidentId}\`. Reminders resume.`
    : `Nobody has acknowledged \`${incidentId}\`.`;
  return answerOf(before ? "The acknowledgement was removed" : "Nobody has acknowledged it", [section(line)]);
}
