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

/** Looks up people in Slack. Throws PermanentError, above all for a missing scope, or TransientError. */
export interface People {
  person(user: string): Promise<Person>;
  /** Undefined when the channel is gone or invisible to Tidewatch. */
  isInChannel(user: string, channel: string): Promise<boolean | undefined>;
  /** Undefined when the group does not exist. */
  isInGroup(user: string, group: string): Promise<boolean | undefined>;
}
