import type { Bot } from "../bot.ts";
import type { Log } from "../log.ts";
import type { Answer } from "../text/answers/answer.ts";
import type { HelpGroup } from "../text/answers/help.ts";
import type { Syntax } from "./grammar/syntax.ts";

/** Whoever gives a command. */
export interface Actor {
  /** A Slack user's id; at the command line a name. */
  readonly user: string;
  /** The Slack channel in which the command is given; empty if in none. */
  readonly channel: string;
  /** Set at the command line. Whoever can read the keys there needs no permission from Slack. */
  readonly terminal?: Terminal;
}

/** The machine at whose command line a command is typed. */
export interface Terminal {
  /** The IANA zone by which times are meant. */
  readonly zone: string;
  /** Reads a file; `-` is the standard input. Throws InputError if it cannot be read. */
  readFile(path: string): string;
}

/** What a command works with. */
export interface Request {
  readonly actor: Actor;
  /** Makes only the changes that the actor is permitted to make. */
  readonly bot: Bot;
  readonly log: Log;
}

/**
 * What a command needs: `look` nothing, and it can change nothing; `change` permission for each change it makes;
 * `everywhere` permission for everything.
 */
export type Permission = "look" | "change" | "everywhere";

/** One command: all that Slack, the command line, the help and the documents know of it. */
export interface CommandEntry<Fields extends object> {
  /** Where the help lists it. */
  readonly group: HelpGroup;
  /** Other names, each for people who are used to it. */
  readonly aliases?: readonly string[];
  /** Words for which it is suggested. Several commands may share one: "stop" is no alias, because it has two meanings. */
  readonly meanings?: readonly string[];
  /** What it does, in a line. */
  readonly about: string;
  /** How it is typed. The first line is shown when what was typed is invalid. */
  readonly usage: readonly [string, ...string[]];
  /** The same at the command line, where that differs. */
  readonly terminalUsage?: readonly string[];
  readonly examples: readonly string[];
  readonly permission: Permission;
  readonly syntax: Syntax<Fields>;
  /** Does it. Throws InputError when it cannot be done. */
  run(fields: Fields, request: Request): Promise<Answer>;
}

/** Declares a command; its fields follow from its syntax. */
export const command = <Fields extends object>(entry: CommandEntry<Fields>): CommandEntry<Fields> => entry;
