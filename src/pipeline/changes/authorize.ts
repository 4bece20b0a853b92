import { InputError } from "../../errors.ts";
import { affectedChannels, alertChannels } from "../../settings/affected-channels.ts";
import type { Changed } from "../../settings/change.ts";
import { BY_DEFAULT, type Permissions } from "../../settings/permissions.ts";
import { channel as channelPart, person as personPart, text } from "../../text/text.ts";
import type { Context } from "../context.ts";
import type { WatchStore } from "../ports/settings.ts";
import type { Person } from "../ports/slack.ts";

/** Who may change watches at present. */
export const permissionsOf = async ({ permissions }: Pick<Context, "permissions">): Promise<Permissions> =>
  (await permissions.get()) ?? BY_DEFAULT;

/**
 * Returns the person who may change what is posted in these channels. Throws InputError, naming who may, when this
 * person may not. Asks Slack only for what the rule needs.
 */
export async function authorize(
  user: string,
  channels: readonly string[],
  context: Pick<Context, "permissions" | "people">,
): Promise<Person> {
  const person = await colleague(user, context);
  await authorizeBy(await permissionsOf(context), person, channels, context);
  return person;
}

/**
 * Returns the person who may change or export what affects every alert channel, such as the permissions: an admin of
 * the Slack workspace, or a person who may change watches and is in all of these channels.
 */
export async function permitEverywhere(
  user: string,
  context: Pick<Context, "permissions" | "people"> & { readonly watches: Pick<WatchStore, "all"> },
): Promise<Person> {
  const person = await colleague(user, context);
  if (person.isAdmin) return person;
  await authorizeBy(await permissionsOf(context), person, [], context);
  for (const channel of alertChannels(await context.watches.all())) {
    if (await context.people.isInChannel(user, channel)) continue;
    throw new InputError(
      text`only admins of the Slack workspace and people in every alert channel can do this. You are not in ${channelPart(channel)}`,
    );
  }
  return person;
}

/**
 * Throws InputError when a person may not make a change, by the channels that it affects. A change of permissions needs
 * permission for everything.
 */
export async function authorizeChange(
  changed: Changed,
  user: string,
  context: Pick<Context, "permissions" | "people"> & { readonly watches: Pick<WatchStore, "all"> },
): Promise<void> {
  if (changed.kind !== "permissions") {
    await authorize(user, affectedChannels(changed, await context.watches.all()), context);
    return;
  }
  const person = await permitEverywhere(user, context);
  if (changed.after) await refuseLockout(changed.after, person, context);
}

/** Throws InputError when a rule would lock out the person who sets it, or everybody: nobody could undo it. */
export async function refuseLockout(
  permissions: Permissions,
  person: Person,
  context: Pick<Context, "permissions" | "people">,
): Promise<void> {
  const { people } = context;
  if (permissions.who === "group" && (await people.isInGroup(person.id, permissions.group)) === undefined)
    throw new InputError("there is no such user group in Slack. Name one that has members");
  // Admins may always set another rule.
  if (!person.isAdmin) await authorizeBy(permissions, person, [], context);
}

async function colleague(user: string, { people }: Pick<Context, "people">): Promise<Person> {
  const person = await people.person(user);
  if (person.isGuest)
    throw new InputError(
      "guests and people from other companies cannot change watches. Ask a member of this workspace",
    );
  return person;
}

async function authorizeBy(
  permissions: Permissions,
  person: Person,
  channels: readonly string[],
  { people }: Pick<Context, "people">,
): Promise<void> {
  switch (permissions.who) {
    case "everyone":
      return;
    case "admins":
      if (person.isAdmin) return;
      throw new InputError("only admins of the Slack workspace can do this");
    case "group": {
      const isIn = await people.isInGroup(person.id, permissions.group);
      if (isIn || (isIn === undefined && person.isAdmin)) return;
      throw new InputError(
        isIn === undefined
          ? "the user group that may do this no longer exists. Ask an admin of the Slack workspace to change the permissions with /tidewatch who-can"
          : text`only members of ${personPart(permissions.group)} can do this`,
      );
    }
    case "members":
      for (const channel of channels) {
        const isIn = await people.isInChannel(person.id, channel);
        if (isIn || (isIn === undefined && person.isAdmin)) continue;
        throw new InputError(
          isIn === undefined
            ? text`only members of ${channelPart(channel)} can do this, and Tidewatch cannot see who they are: the channel no longer exists, or the bot is not in it. Ask an admin of the Slack workspace`
            : text`only members of ${channelPart(channel)} can do this. Join it first`,
        );
      }
  }
}
