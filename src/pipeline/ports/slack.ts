import type { Text } from "../../text/text.ts";

/** A person in the Slack workspace. */
export interface Person {
  readonly id: string;
  /** Their display name, if known. */
  readonly name?: string;
  /** Guests, people of other companies, deactivated accounts, and users that Slack does not know or show. */
  readonly isGuest: boolean;
  /** Admins and owners. */
  readonly isAdmin: boolean;
  /** IANA zone of this person, if known. */
  readonly zone?: string;
}

/** A user group of the Slack workspace, such as those on call. */
export interface UserGroup {
  readonly id: string;
  /** What is typed after the @. */
  readonly handle: string;
  readonly name: string;
}

/** Looks up people in Slack. Throws PermanentError, above all for a missing scope, or TransientError. */
export interface People {
  person(user: string): Promise<Person>;
  /** Undefined when the channel is gone or invisible to Tidewatch. */
  isInChannel(user: string, channel: string): Promise<boolean | undefined>;
  /** Undefined when the group does not exist. */
  isInGroup(user: string, group: string): Promise<boolean | undefined>;
  /** Every user group that is in use. */
  groups(): Promise<readonly UserGroup[]>;
}

/**
 * The deliveries from Slack already handled, so that none is handled twice: Slack may repeat one, and to another
 * worker.
 */
export interface SeenStore {
  /** Whether this id is new within this many milliseconds. */
  isFirst(id: string, within: number): Promise<boolean>;
}

/** The connections over which all processes on this store hear Slack: who is not in it has another store. */
export interface SlackConnectionStore {
  /** Notes that a connection is open for so many milliseconds to come; answers how many are. */
  hold(id: string, within: number): Promise<number>;
  /** Notes that it is closed. */
  release(id: string): Promise<void>;
}

/** Shares a text as a file in a channel. Throws PermanentError or TransientError. */
export type ShareFile = (channel: string, filename: string, content: string) => Promise<void>;

/** Returns why nothing can be posted in a channel and what to do; undefined if no reason is known. */
export type ChannelIssue = (channel: string) => Promise<Text | undefined>;
