import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { importOffer } from "../../../src/adapters/slack/commands/backup.ts";
import type { Command } from "../../../src/adapters/slack/commands/command.ts";
import { helpAnswer } from "../../../src/adapters/slack/commands/help.ts";
import type { Actor, SlackContext } from "../context.ts";
import { exported } from "./backup.ts";
import { changes, undo, whoCan } from "./changing.ts";
import { audit, digest, preview, status, why } from "./looking.ts";
import { mute, mutes, unmute } from "./muting.ts";
import { ack, event, exclude, label } from "./teaching.ts";
import { edit, list, remove, show, watch } from "./watching.ts";

/** Runs a command and returns its answer. Throws InputError when it cannot be done. */
export async function carryOut(command: Command, actor: Actor, context: SlackContext): Promise<Answer> {
  switch (command.commandName) {
    case "help":
      return helpAnswer(command.about);
    case "watch":
      return command.settings ? watch(command.settings, actor, context) : helpAnswer("watch");
    case "list":
      return list(context);
    case "show":
      return show(command.watch, context);
    case "edit":
      return command.settings ? edit(command.watch, command.settings, actor, context) : helpAnswer("edit");
    case "remove":
      return remove(command.watch, actor, context);
    case "mute":
      return mute(command.scope, command.until, actor, context);
    case "unmute":
      return unmute(command.scope, actor, context);
    case "mutes":
      return mutes(context);
    case "status":
      return status(context);
    case "why":
      return why(command.watch, command.at, actor, context);
    case "preview":
      return preview(command.watch, command.settings ?? {}, context);
    case "event":
      return event(command, actor, context);
    case "exclude":
      return exclude(command.watch, command.span, actor, context);
    case "label":
      return label(command.incident, command.label, actor, context);
    case "ack":
      return ack(command.incident, actor, context);
    case "digest":
      return digest(actor, context);
    case "who-can":
      return whoCan(command.permissions, actor, context);
    case "audit":
      return audit(command.watch, command.since, actor, context);
    case "changes":
      return changes(command.watch, context);
    case "undo":
      return undo(command.change, actor, context);
    case "export":
      return exported(actor, context);
    case "import":
      return importOffer();
  }
}
