import { mentioned, plainMessage } from "../../../src/adapters/slack/blocks/mentions.ts";
import { clockOf } from "../../../src/commands/answering.ts";
import type { Actor } from "../../../src/commands/command.ts";
import { instantOf } from "../../../src/commands/grammar/moment.ts";
import { MORNING } from "../../../src/commands/muting.ts";
import { parseCommand } from "../../../src/commands/parse.ts";
import { perform } from "../../../src/commands/perform.ts";
import { commandNamed } from "../../../src/commands/table.ts";
import { readThreadReply } from "../../../src/commands/thread-reply.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { addNote } from "../../../src/pipeline/actions/note.ts";
import type { Answer } from "../../../src/text/answers/answer.ts";
import { noteAnswer, threadHelpAnswer } from "../../../src/text/answers/thread.ts";
import type { SlackContext } from "../context.ts";
import { muteIncident, unmuteIncident } from "./alerting.ts";

/** A reply in the thread of an alert. */
export interface Reply {
  readonly text: string;
  /** Slack's name for it. */
  readonly ts: string;
  /** Whether it mentions Tidewatch, so that its author waits for an answer. */
  readonly isAddressed: boolean;
}

/** Does what a reply in the thread of an alert asks for; undefined where nobody waits for an answer. */
export async function doReply(
  reply: Reply,
  incident: Incident,
  actor: Actor,
  context: SlackContext,
): Promise<Answer | undefined> {
  const { id, watchId } = incident;
  const read = readThreadReply(reply.text);
  switch (read.does) {
    case "help":
      return threadHelpAnswer();
    case "why":
      return perform({ commandName: "why", watch: watchId }, actor, context);
    case "ack":
      return perform({ commandName: "ack", incident: id }, actor, context);
    case "label": {
      const { label } = read;
      return perform({ commandName: "label", incident: id, ...(label && { label }) }, actor, context);
    }
    case "unmute":
      return unmuteIncident(id, actor, context);
    case "mute": {
      const { until } = read;
      const request = { actor, ...context };
      const end = until === "recovery" ? until : instantOf(until, MORNING, await clockOf("future", request));
      return muteIncident(id, end, actor, context);
    }
    case "note":
      return noteOrCommand(reply, incident, actor, context);
  }
}

/** Whoever mentions Tidewatch may type any command; everything else is a note. */
async function noteOrCommand(
  { text, ts, isAddressed }: Reply,
  incident: Incident,
  { user, channel }: Actor,
  context: SlackContext,
): Promise<Answer | undefined> {
  const [first = ""] = text.split(/\s/);
  if (isAddressed && commandNamed(first)) return perform(parseCommand(text), { user, channel }, context);
  const { bot } = context;
  const note = { by: user, at: bot.clock(), text: await noteText(text, context), ts };
  const isFirst = await addNote(incident, note, bot);
  return isFirst || isAddressed ? noteAnswer() : undefined;
}

/** What somebody wrote as plain text, with people by their names. */
export async function noteText(text: string, { bot, log }: SlackContext): Promise<string> {
  const named = mentioned(text).map(async (id): Promise<[string, string][]> => {
    const person = await bot.people.person(id).catch((error: unknown) => {
      log.debug({ error: String(error) }, "console.name-unknown");
      return undefined;
    });
    return person?.name === undefined ? [] : [[id, person.name]];
  });
  return plainMessage(text, new Map((await Promise.all(named)).flat()));
}
