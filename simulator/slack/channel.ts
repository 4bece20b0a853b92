/** A channel of the simulated workspace. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate?: boolean;
  /** Whether the bot was invited. @default true */
  readonly isMember?: boolean;
  readonly isArchived?: boolean;
  /** Who is in it. @default everybody who is no guest */
  readonly people?: readonly string[];
  /** The one person who talks to the bot there, in a direct conversation. */
  readonly dmWith?: string;
}
