import { InputError } from "../../errors.ts";
import type { Permissions } from "../../settings/permissions.ts";
import { shortened } from "./shortened.ts";
import { nothingMore, type Syntax } from "./syntax.ts";

/** A rule who may change watches, or nothing. */
export const permissionRule: Syntax<{ readonly permissions?: Permissions }> = {
  read([who, ...more]) {
    nothingMore(more);
    return who === undefined ? {} : { permissions: permissionsOf(who.text) };
  },
  print: ({ permissions }) =>
    permissions ? [permissions.who === "group" ? permissions.group : permissions.who] : [],
};

function permissionsOf(word: string): Permissions {
  const who = (["everyone", "members", "admins"] as const).find((known) => known === word.toLowerCase());
  if (who) return { who };
  if (/^S[A-Z0-9]{6,}$/.test(word)) return { who: "group", group: word };
  throw new InputError(`"${shortened(word)}" must be everyone, members, admins or a group from Slack's list`);
}
