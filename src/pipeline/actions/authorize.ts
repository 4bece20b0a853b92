import { InputError } from "../../errors.ts";
import type { Access } from "../../settings/permissions.ts";
import type { AccessStore } from "../ports/console.ts";
import type { People, Person } from "../ports/people.ts";

export interface PermittingDeps {
  readonly access: Pick<AccessStore, "get">;
  readonly people: People;
}

/** Who may, as long as nobody decided otherwise. */
const BY_DEFAULT: Access = { who: "everyone" };

/** Who may change what is watched at present. */
export const accessOf = async ({ access }: Pick<PermittingDeps, "access">): Promise<Access> =>
  (await access.get()) ?? BY_DEFAULT;

/**
 * Answers who it is that may change what these channels are told. Throws InputError, saying who can, where this person
 * may not. Only what the rule needs is asked of Slack.
 */
export async function permit(
  user: string,
  channels: readonly string[],
  deps: PermittingDeps,
): Promise<Person> {
  const access = await accessOf(deps);
  return permitBy(access, user, channels, deps);
}

/** Sets who may; whoever does so must be among them, or nobody could take it back. Throws InputError otherwise. */
export async function permitBy(
  access: Access,
  user: string,
  channels: readonly string[],
  { people }: Pick<PermittingDeps, "people">,
): Promise<Person> {
  const person = await people.person(user);
  if (person.isGuest)
    throw new InputError("guests cannot change what is watched: ask somebody of the workspace");
  switch (access.who) {
    case "everyone":
      return person;
    case "admins":
      if (person.isAdmin) return person;
      throw new InputError("only admins of the Slack workspace can do that");
    case "group":
      if (await people.isInGroup(user, access.group)) return person;
      throw new InputError(`only members of <!subteam^${access.group}> can do that`);
    case "members":
      for (const channel of channels) {
        if (await people.isInChannel(user, channel)) continue;
        throw new InputError(`only members of <#${channel}> can do that: join it first`);
      }
      return person;
  }
}
