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
    about: "Add a watch on an app or a segment; without settings, opens a form",
    lines: [
      'watch [app:ID] [segment:"NAME"] [#CHANNEL] [drop|spike|both] [sensitivity:low|normal|high|2/month] [unit:hour|day] [min-change:10%] [min-sessions:50] [quiet:22-7] [quiet-days:mon-fri] [quiet-critical:yes] [@OWNER] [runbook:https://…] [name:"APP NAME"] [workspace:NAME]',
    ],
  },
  list: { about: "All watches", lines: ["list"] },
  show: { about: "One watch with all its settings", lines: ["show WATCH"] },
  edit: {
    about: "Change a watch; without settings, opens a form",
    lines: ["edit WATCH [sensitivity:low] [#CHANNEL] [quiet:none] …"],
  },
  remove: { about: "Remove a watch", lines: ["remove WATCH"] },
  mute: {
    about: "Post no alerts for a watch, an app or a channel for a while",
    lines: ["mute WATCH|app:ID|#CHANNEL|here [2 hours|until 5pm|until next monday|until recovers]"],
  },
  unmute: { about: "End a mute", lines: ["unmute WATCH|app:ID|#CHANNEL|here"] },
  mutes: { about: "All mutes", lines: ["mutes"] },
  status: { about: "Open incidents, health issues, delays and mutes", lines: ["status"] },
  why: {
    about: "Why an hour did or did not alert",
    lines: ["why WATCH [9:00 AM|yesterday 2pm|Nov 24 at 9:00|5h]"],
  },
  preview: {
    about: "The alerts a watch would have posted in the last 8 weeks",
    lines: ["preview WATCH [sensitivity:high] [drop|spike|both] [min-change:10%] [min-sessions:50]"],
  },
  event: {
    about: "Planned events such as campaigns and sales: wider expected range, hours not learned",
    lines: [
      'event plan "NAME" Thu 18-21|tomorrow from 9am to 11am|2026-11-27|Dec 10-12 [app:ID]',
      "event list",
      "event remove EVENT",
    ],
  },
  exclude: {
    about: "Exclude hours: they do not alert and are not learned",
    lines: ["exclude WATCH 2026-11-24 18:00-21:00|yesterday 8-12|2026-11-24 18:00 - 2026-11-25 03:00"],
  },
  label: {
    about: "Label an incident; labels adjust the threshold and what is learned",
    lines: ["label INCIDENT real|expected|false-alarm|new-normal|none"],
  },
  ack: { about: "Acknowledge an incident; reminders stop", lines: ["ack INCIDENT"] },
  digest: { about: "The weekly review, for the last 7 days", lines: ["digest"] },
  audit: {
    about: "The audit log: each hour, its verdict and its notifications",
    lines: ["audit WATCH [7d|yesterday|2026-11-24]"],
  },
  changes: { about: `Who changed what in the last ${KEPT_DAYS} days`, lines: ["changes [WATCH]"] },
  undo: { about: "Undo a change", lines: ["undo CHANGE"] },
  "who-can": {
    about: "Who may change watches",
    lines: ["who-can [everyone|members|admins|@GROUP]"],
  },
  export: { about: "All settings as JSON", lines: ["export"] },
  import: { about: "Add and change settings from JSON; opens a form", lines: ["import"] },
  help: { about: "This list, or how to type one command", lines: ["help [VERB]"] },
};

export const commandNames = Object.keys(usages) as CommandName[];

/** The usage of a command, each form in code marks. */
export const usageOf = (commandName: CommandName): string =>
  usages[commandName].lines.map((line) => `\`/tidewatch ${line}\``).join("\n");
