/** Somebody in the Slack workspace. */
export interface Person {
  readonly id: string;
  /** What people call them, where it is known. */
  readonly name?: string;
  /** Guests, people of other companies, those who left, and those whom Slack does not know or show. */
  readonly isGuest: boolean;
  /** Admins and owners. */
  readonly isAdmin: boolean;
  /** IANA zone by whose clock this person lives, where it is known. */
  readonly zone?: string;
}

/** Who people are in Slack. Throws PermanentError, above all where a scope is missing, or TransientError. */
export interface People {
  person(user: string): Promise<Person>;
  /** Undefined where the channel is gone, or Tidewatch cannot see it. */
  isInChannel(user: string, channel: string): Promise<boolean | undefined>;
  /** Undefined where there is no such group any more. */
  isInGroup(user: string, group: string): Promise<boolean | undefined>;
}
