import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { importOffer } from "../../../src/adapters/slack/commands/backup.ts";
import type { Command } from "../../../src/adapters/slack/commands/command.ts";
import { helpAnswer } from "../../../src/adapters/slack/commands/help.ts";
import type { Asker, Desk } from "../desk.ts";
import { exported } from "./backup.ts";
import { changes, undo, whoCan } from "./changing.ts";
import { audit, digest, preview, status, why } from "./looking.ts";
import { mute, mutes, unmute } from "./muting.ts";
import { ack, event, exclude, label } from "./teaching.ts";
import { edit, list, remove, show, watch } from "./watching.ts";

/** Carries out a command, and answers what came of it. Throws InputError where it cannot be done. */
export async function carryOut(command: Command, asker: Asker, desk: Desk): Promise<Answer> {
  switch (command.verb) {
    case "help":
      return helpAnswer(command.about);
    case "watch":
      return command.settings ? watch(command.settings, asker, desk) : helpAnswer("watch");
    case "list":
      return list(desk);
    case "show":
      return show(command.watch, desk);
    case "edit":
      return command.settings ? edit(command.watch, command.settings, asker, desk) : helpAnswer("edit");
    case "remove":
      return remove(command.watch, asker, desk);
    case "mute":
      return mute(command.scope, command.until, asker, desk);
    case "unmute":
      return unmute(command.scope, asker, desk);
    case "mutes":
      return mutes(desk);
    case "status":
      return status(desk);
    case "why":
      return why(command.watch, command.at, asker, desk);
    case "preview":
      return preview(command.watch, command.settings ?? {}, desk);
    case "event":
      return event(command, asker, desk);
    case "exclude":
      return exclude(command.watch, command.span, asker, desk);
    case "label":
      return label(command.incident, command.label, asker, desk);
    case "ack":
      return ack(command.incident, asker, desk);
    case "digest":
      return digest(asker, desk);
    case "who-can":
      return whoCan(command.access, asker, desk);
    case "audit":
      return audit(command.watch, command.since, asker, desk);
    case "changes":
      return changes(command.watch, desk);
    case "undo":
      return undo(command.change, asker, desk);
    case "export":
      return exported(asker, desk);
    case "import":
      return importOffer();
  }
}
