/** Somebody in the Slack workspace. */
export interface Person {
  readonly id: string;
  /** Guests, people of other companies, and those who left. */
  readonly isGuest: boolean;
  /** Admins and owners. */
  readonly isAdmin: boolean;
  /** IANA zone by whose clock this person lives, where it is known. */
  readonly zone?: string;
}

/** Who people are in Slack. Throws PermanentError, above all where a scope is missing, or TransientError. */
export interface People {
  person(user: string): Promise<Person>;
  isInChannel(user: string, channel: string): Promise<boolean>;
  isInGroup(user: string, group: string): Promise<boolean>;
}
