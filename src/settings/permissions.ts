/** Who may change what is watched; guests never may. */
export type Access =
  | { readonly who: "everyone" }
  /** Whoever is in the channel that the watch tells. */
  | { readonly who: "members" }
  /** Admins and owners of the Slack workspace. */
  | { readonly who: "admins" }
  /** A Slack user group, by its id (S…). */
  | { readonly who: "group"; readonly group: string };

/** Who may, as long as nobody decided otherwise. */
export const BY_DEFAULT: Access = { who: "everyone" };
