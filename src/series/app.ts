/** An app of a Braze workspace, which no endpoint lists: a person gave its name once. */
export interface App {
  readonly workspace: string;
  /** As Braze names it. */
  readonly app: string;
  readonly name: string;
  /** IANA zone of its users, where it is not the workspace's. */
  readonly zone?: string;
  /** Whose public holidays count, where they are not the workspace's. */
  readonly country?: string;
}
