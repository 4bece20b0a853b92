/** Who may change watches; guests never may. */
export type Permissions =
  | { readonly who: "everyone" }
  /** Everyone in the channel that the watch posts in. */
  | { readonly who: "members" }
  /** Admins and owners of the Slack workspace. */
  | { readonly who: "admins" }
  /** A Slack user group, by its id (S…). */
  | { readonly who: "group"; readonly group: string };

/** The permissions until somebody sets them. */
export const BY_DEFAULT: Permissions = { who: "everyone" };
