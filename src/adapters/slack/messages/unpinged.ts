import type { Message } from "../../../pipeline/ports/messages.ts";
import type { People } from "../../../pipeline/ports/slack.ts";
import { safeName } from "../blocks/names.ts";

const MENTION = /<(?:@([UW][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+))>/g;

/**
 * The same message with names instead of mentions, because a mention notifies a person, and people need no notification
 * of their own actions.
 */
export const unpinged =
  (people: Pick<People, "person">) =>
  async (message: Message): Promise<Message> => {
    const json = JSON.stringify(message);
    const users = new Set([...json.matchAll(MENTION)].flatMap(([, user]) => user ?? []));
    const names = new Map(
      await Promise.all([...users].map(async (user) => [user, await nameOf(user, people)] as const)),
    );
    const written = (_: string, user: string | undefined, group: string) =>
      JSON.stringify(user ? names.get(user) : `the user group ${group}`).slice(1, -1);
    return JSON.parse(json.replace(MENTION, written)) as Message;
  };

async function nameOf(user: string, people: Pick<People, "person">): Promise<string> {
  try {
    return safeName((await people.person(user)).name ?? user, 80);
  } catch {
    return user;
  }
}
