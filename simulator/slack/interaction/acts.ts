import type { SlackMessage } from "../message.ts";
import type { Person } from "../people.ts";
import type { Workspace } from "../workspace.ts";
import type { AppLink } from "./app-link.ts";

/** What people's acts need. */
export interface Acting {
  readonly workspace: Workspace;
  readonly link: AppLink;
  /** Where the simulator can be reached. */
  readonly url: () => string;
  /** The slash commands that the app has. */
  readonly commands: readonly SlashCommand[];
  /** The events that it subscribes to. */
  readonly events: readonly string[];
}

export interface SlashCommand {
  /** With its slash. */
  readonly command: string;
  /** Whether `@name` and `#channel` arrive as ids. @default true */
  readonly shouldEscape?: boolean;
}

/** What came of what a person did. */
export interface Outcome {
  /** What the acknowledgement itself said. */
  readonly reply?: SlackMessage;
  /** What was said over the `response_url`; grows as it comes. */
  readonly responses: readonly SlackMessage[];
  /** In Slack's word, why the person was shown an error. */
  readonly failure?: string;
}

export const personIn = ({ workspace }: Acting, id: string): Person => {
  const person = workspace.person(id);
  if (!person) throw new Error(`nobody here is ${id}`);
  return person;
};
