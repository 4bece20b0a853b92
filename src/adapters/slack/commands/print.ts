import type { Command, TypedScope } from "./command.ts";
import { printMoment } from "./moment.ts";
import { printSettings } from "./settings.ts";
import { printSpan } from "./span.ts";
import { inQuotes, quoted } from "./words.ts";

/** Writes a command so that `parseCommand` reads it back. */
export const printCommand = (command: Command): string => [command.commandName, ...restOf(command)].join(" ");

function restOf(command: Command): string[] {
  switch (command.commandName) {
    case "help":
      return command.about ? [command.about] : [];
    case "watch":
      return printSettings(command.settings ?? {});
    case "edit":
    case "preview":
      return [quoted(command.watch), ...printSettings(command.settings ?? {})];
    case "show":
    case "remove":
      return [quoted(command.watch)];
    case "mute":
      return [
        printScope(command.scope),
        command.until === "recovery"
          ? "until recovers"
          : `${command.until.kind === "away" ? "for" : "until"} ${printMoment(command.until)}`,
      ];
    case "unmute":
      return [printScope(command.scope)];
    case "why":
      return [quoted(command.watch), ...(command.at ? [printMoment(command.at)] : [])];
    case "event":
      return eventRest(command);
    case "exclude":
      return [quoted(command.watch), printSpan(command.span)];
    case "label":
      return [quoted(command.incident), command.label ?? "none"];
    case "ack":
      return [quoted(command.incident)];
    case "who-can":
      return command.permissions
        ? [command.permissions.who === "group" ? command.permissions.group : command.permissions.who]
        : [];
    case "audit":
      return [quoted(command.watch), ...(command.since ? [printMoment(command.since)] : [])];
    case "changes":
      return command.watch === undefined ? [] : [quoted(command.watch)];
    case "undo":
      return [quoted(command.change)];
    default:
      return [];
  }
}

function eventRest(command: Extract<Command, { commandName: "event" }>): string[] {
  if (command.act === "list") return ["list"];
  if (command.act === "remove") return ["remove", quoted(command.event)];
  return [
    "plan",
    inQuotes(command.name),
    printSpan(command.span),
    ...(command.app === undefined ? [] : [`app:${quoted(command.app)}`]),
  ];
}

function printScope(scope: TypedScope): string {
  switch (scope.kind) {
    case "here":
      return "here";
    case "watch":
      return `watch:${quoted(scope.watch)}`;
    case "app":
      return `app:${quoted(scope.app)}`;
    case "channel":
      return scope.channel;
  }
}
