/** An app of a Braze workspace. No endpoint lists apps: a person names each once. */
export interface App {
  readonly workspace: string;
  /** Braze's id. */
  readonly app: string;
  readonly name: string;
  /** IANA zone of its users, if not the workspace's. */
  readonly zone?: string;
  /** The place whose public holidays count, if not the workspace's. */
  readonly country?: string;
}
