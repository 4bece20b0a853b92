import { KEPT_DAYS } from "../../../settings/limits.ts";
import type { CommandName } from "./command.ts";

/** What a command does, and how to type it. */
export interface Usage {
  readonly about: string;
  /** The first line is shown when the typed command is invalid. */
  readonly lines: readonly string[];
}

/** Every command, in the order of the help. */
export const usages: Readonly<Record<CommandName, Usage>> = {
  watch: {
    about: "Watch an app or a segment; without settings a form opens",
    lines: [
      'watch [app:ID] [segment:"NAME"] [#CHANNEL] [drop|spike|both] [sensitivity:low|normal|high|2/month] [unit:hour|day] [min-change:10%] [min-sessions:50] [quiet:22-7] [quiet-days:mon-fri] [quiet-critical:yes] [@OWNER] [runbook:https://…] [name:"APP NAME"] [workspace:NAME]',
    ],
  },
  list: { about: "All watches", lines: ["list"] },
  show: { about: "One watch with all its settings", lines: ["show WATCH"] },
  edit: {
    about: "Change a watch; without settings a form opens",
    lines: ["edit WATCH [sensitivity:low] [#CHANNEL] [quiet:none] …"],
  },
  remove: { about: "No longer watch", lines: ["remove WATCH"] },
  mute: {
    about: "Hear nothing of a watch, an app or a channel for a while",
    lines: ["mute WATCH|app:ID|#CHANNEL|here [2 hours|until 5pm|until next monday|until recovers]"],
  },
  unmute: { about: "Take a mute back", lines: ["unmute WATCH|app:ID|#CHANNEL|here"] },
  mutes: { about: "All that is muted", lines: ["mutes"] },
  status: { about: "What goes on, what cannot be seen, how far behind, what is muted", lines: ["status"] },
  why: {
    about: "The numbers behind a verdict, in plain words",
    lines: ["why WATCH [9:00 AM|yesterday 2pm|Nov 24 at 9:00|5h]"],
  },
  preview: {
    about: "What would have been said in the last 8 weeks",
    lines: ["preview WATCH [sensitivity:high] [drop|spike|both] [min-change:10%] [min-sessions:50]"],
  },
  event: {
    about: "Planned campaigns and sales, judged against a wider band",
    lines: [
      'event plan "NAME" Thu 18-21|tomorrow from 9am to 11am|2026-11-27|Dec 10-12 [app:ID]',
      "event list",
      "event remove EVENT",
    ],
  },
  exclude: {
    about: "Hours that are no example, and are neither judged nor learned from",
    lines: ["exclude WATCH 2026-11-24 18:00-21:00|yesterday 8-12|2026-11-24 18:00 - 2026-11-25 03:00"],
  },
  label: {
    about: "Say what an incident was; Tidewatch learns from it",
    lines: ["label INCIDENT real|expected|false-alarm|new-normal|none"],
  },
  ack: { about: "Say that you take care of an incident", lines: ["ack INCIDENT"] },
  digest: { about: "The review of the last week", lines: ["digest"] },
  audit: {
    about: "What was said of each hour, or not and why",
    lines: ["audit WATCH [7d|yesterday|2026-11-24]"],
  },
  changes: { about: `Who changed what in the last ${KEPT_DAYS} days`, lines: ["changes [WATCH]"] },
  undo: { about: "Take a change back", lines: ["undo CHANGE"] },
  "who-can": {
    about: "Who may change what is watched",
    lines: ["who-can [everyone|members|admins|@GROUP]"],
  },
  export: { about: "All watches as JSON", lines: ["export"] },
  import: { about: "Add and change watches from JSON; a form opens", lines: ["import"] },
  help: { about: "This list, or how one verb is typed", lines: ["help [VERB]"] },
};

export const commandNames = Object.keys(usages) as CommandName[];

/** The usage of a command, each form in code marks. */
export const usageOf = (commandName: CommandName): string =>
  usages[commandName].lines.map((line) => `\`/tidewatch ${line}\``).join("\n");
