import type { Workspace } from "./workspace.ts";

/** One call of a method by the bot. */
export interface Call {
  readonly args: Readonly<Record<string, unknown>>;
  readonly workspace: Workspace;
  readonly scopes: ReadonlySet<string>;
  /** Where the simulator can be reached. */
  readonly url: string;
  /** A new address for a Socket Mode connection. */
  readonly connect: () => string;
}

/** How often a method may be called: `special` means once a second and channel for posts, and hardly a limit else. */
export type Tier = "t1" | "t2" | "t3" | "t4" | "special";

export interface Method {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Any of these will do; none are needed where there are none. */
  readonly scopes: readonly string[];
  readonly tier: Tier;
  /** The token it asks for. @default the bot's */
  readonly token?: "app";
  readonly answer: (call: Call) => Record<string, unknown>;
}

export const words = (line: string) => line.split(" ").filter((word) => word !== "");
